"""Why a plan is as it is, or why there is none: asked beside the pages, kept in the results folders."""
