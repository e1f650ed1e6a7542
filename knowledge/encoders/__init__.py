"""The small encoders behind everything that is judged: verified bases, trained weights, and how texts are read."""
