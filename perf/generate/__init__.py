"""Parts of the project generator; see generate_project.py."""
