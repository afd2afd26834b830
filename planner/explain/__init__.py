"""Why a plan is what it is, and why there is none: answers found by solving neighbouring questions."""
