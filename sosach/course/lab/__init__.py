"""How JupyterLab looks to a trainee: its settings, laid out by ``start.py``."""
