"""The stages a question goes through, one file each, in the order of `assistant.pipeline.STAGES`."""
