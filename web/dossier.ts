// The script inside a dossier. Without it the dossier is complete; with it the map can be moved.
document.documentElement.classList.add("scripted");
