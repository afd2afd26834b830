#!/bin/sh
# Checks and solves the scenarios that say something else than where this branch left another one, and writes what the
# change comes to as a Markdown page. Needs git and planner.
#
#   changed-scenarios.sh TARGET FOLDER PAGE.md
#
# TARGET: the branch to merge into, such as origin/main. FOLDER: where the scenarios are. PLANNER_BATCH: options for
# planner batch, such as --time-limit 60. Exit code: 0 every scenario is solved, 3 one cannot be used, 4 one has no plan,
# 5 one met a limit, 6 one did not pass its audit.
set -eu
target=$1
folder=$2
page=$3

cd "$(git rev-parse --show-toplevel)"
work=$(mktemp -d)
trap 'git worktree remove --force "$work/before"; rm -rf "$work"' EXIT
git worktree add --quiet --detach "$work/before" "$(git merge-base "$target" HEAD)"
mkdir "$work/then" "$work/now"
touch "$work/changed" "$work/new" "$work/findings"

# A scenario changes with its own file and with every file it extends: planner diff compares what it says in the end.
git -c core.quotePath=false ls-files -- "$folder/*.yaml" "$folder/*.yml" > "$work/files"
while IFS= read -r file; do
    if ! [ -f "$work/before/$file" ]; then
        printf '%s\n' "$file" >> "$work/new"
    elif ! said=$(planner diff "$work/before/$file" "$file" 2> /dev/null) || [ -n "$said" ]; then
        printf '%s\n' "$file" >> "$work/changed"
    fi
done < "$work/files"
cat "$work/changed" "$work/new" > "$work/all"
if ! [ -s "$work/all" ]; then
    echo "No scenario says anything else than before." > "$page"
    exit 0
fi

while IFS= read -r file; do
    planner check --format-check "$file" > "$work/found" 2>&1 || cat "$work/found" >> "$work/findings"
done < "$work/all"
if [ -s "$work/findings" ]; then
    { echo "A scenario cannot be used, or is not in the common layout:"; echo; sed 's/^/    /' "$work/findings"; } > "$page"
    exit 3
fi

# LIST OUT: solves the files of a list. How they end stands in the page, so that no ending stops this script.
solve() {
    # Unmasked results stay in here; the page masks confidential suppliers. The options are words on purpose.
    # shellcheck disable=SC2086
    tr '\n' '\0' < "$1" | xargs -0 planner batch --out "$2" --unmask ${PLANNER_BATCH:-} || true
}

solve "$work/all" "$work/now"
if [ -s "$work/changed" ]; then
    cd "$work/before"
    solve "$work/changed" "$work/then"
    cd - > /dev/null
fi

code=0
planner compare --revisions --markdown "$work/then" "$work/now" > "$page" || code=$?
exit "$code"
