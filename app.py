"""The screen's door for ``streamlit run app.py``; ``planner app`` goes through the one in the package."""

from planner.app.frame import draw_app

draw_app()
