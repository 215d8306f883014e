"""The same register and dossier page in Django, to measure Hallmark beside."""
