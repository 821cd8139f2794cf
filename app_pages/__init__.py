"""The pages of the app: they draw what `assistant` returns and hand back what people do."""
