"""The exhibitor's door: its application, contract and stand, whom to meet, its meetings and its deals."""
