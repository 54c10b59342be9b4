"""What a health station, its police, its trainer and its class do with an invented register."""
