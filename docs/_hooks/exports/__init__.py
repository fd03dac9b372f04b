"""What the build writes besides pages: for agents, language models and programs."""
