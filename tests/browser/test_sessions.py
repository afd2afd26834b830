"""Many users at once: nobody sees another's scenario, nobody's saved edit is lost."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor

from planner.app.words.words import say
from tests.browser.server import App
from tests.browser.wire import Session, open_session
from tests.thorough import cases

USERS = len(cases(8, 20))


def set_price(session: Session, row: int, price: int) -> None:
    """Type a price into the offers, as the page's table would say it."""
    table = session.widget("dataframe", r"ed_offers_\d+")
    edits = {"edited_rows": {str(row): {"price.amount": price}}, "added_rows": [], "deleted_rows": []}
    session.say(table.id, string_value=json.dumps(edits))


def open_offers(session: Session) -> None:
    """The Scenario page with its offers."""
    session.run()
    sections = session.widget("button_group", "scenario_section")
    session.say(sections.id, string_array_value={"data": [say("en", "scenario.part_offers")]})
    session.run()


def test_users_see_only_their_own_scenario(app: App) -> None:
    """Each has a file and a price of their own, and reads it back three times while all others do the same."""
    for user in range(USERS):
        app.copy(f"user-{user}.yaml", "minimal.yaml", ("Two makers, one factory", f"Mark {user:03d} of the scenario"))

    def use(user: int) -> set[str]:
        with open_session(app.port, query=f"s=user-{user}.yaml") as session:
            session.run()
            seen = set(re.findall(r"Mark \d{3}", session.words()))
            open_offers(session)
            for _ in range(3):
                set_price(session, 0, 1000 + user)
                session.run()
                seen |= set(re.findall(r"\b10[0-1]\d\b", session.words()))
        return seen

    with ThreadPoolExecutor(USERS) as pool:
        for user, seen in enumerate(pool.map(use, range(USERS))):
            assert seen == {f"Mark {user:03d}", str(1000 + user)}


def test_of_many_saves_at_once_none_is_lost(app: App) -> None:
    """All open the same file and save another price; each is told saved or changed by somebody else, and what was told is so."""
    path = app.copy("shared.yaml")

    def use(user: int) -> tuple[int, str]:
        with open_session(app.port, query="s=shared.yaml") as session:
            open_offers(session)
            set_price(session, 0, 1000 + user)
            session.run()
            session.say(session.widget("button", "save").id, trigger_value=True)
            session.run()
            alerts = " ".join(alert.body for alert in session.elements("alert"))
            return 1000 + user, alerts

    with ThreadPoolExecutor(USERS) as pool:
        told = list(pool.map(use, range(USERS)))
    saved = [price for price, alerts in told if say("en", "scenario.saved", name="").strip() in alerts]
    refused = [price for price, alerts in told if say("en", "scenario.conflict") in alerts]
    assert len(saved) + len(refused) == USERS, told
    (price,) = re.findall(r"price: \{amount: (\d+)\}, lead_time: 5", path.read_text(encoding="utf-8"))
    assert int(price) in saved
    assert len(app.changed_lines(path)) == 2
