"""The screen: pages for the browser. The only floor that imports Streamlit and Altair."""
