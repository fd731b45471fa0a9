"""What happens to plans: drawings are brought in, decided on and applied; rules are set; plans are published."""
