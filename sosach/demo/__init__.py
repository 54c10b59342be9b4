"""The main job without a screen: a class of simulated trainees, from opening to mark sheet."""
