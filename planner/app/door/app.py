"""The script ``planner app`` gives to Streamlit. It lies apart so that no file beside it hides a library of the same name."""

from planner.app.frame import draw_app

draw_app()
