"""The look: calm, its own colours, fonts of the reader's machine. Light in any setting, since only that was checked."""

from __future__ import annotations

from typing import Any

ACCENT = "#0f5c54"
ACCENT_DARK = "#0a443e"
PAPER = "#f7f6f2"
INK = "#1d2b2a"
QUIET = "#4d5b59"
LINE = "#d9dcd6"
CONTROL_LINE = "#75827f"  # 3:1 against white, as controls need
FONTS = ("system-ui", "Segoe UI", "Helvetica Neue", "Arial", "sans-serif")


def build_theme() -> Any:
    """A gradio theme in which the dark variables equal the light ones."""
    import gradio as gr

    theme = gr.themes.Base(font=list(FONTS), font_mono=["ui-monospace", "monospace"], text_size=gr.themes.sizes.text_md)
    theme.set(
        body_background_fill=PAPER, body_text_color=INK, body_text_color_subdued=QUIET,
        background_fill_primary="#ffffff", background_fill_secondary=PAPER,
        block_background_fill="#ffffff", block_border_color=LINE, block_border_width="1px", block_radius="10px",
        block_label_text_color=INK, block_title_text_color=INK, block_title_text_weight="600",
        block_info_text_color=QUIET,
        block_shadow="none", border_color_primary=LINE, border_color_accent=ACCENT,
        button_primary_background_fill=ACCENT, button_primary_background_fill_hover=ACCENT_DARK,
        button_primary_text_color="#ffffff", button_primary_border_color=ACCENT,
        button_secondary_background_fill="#ffffff", button_secondary_background_fill_hover="#eef3f1",
        button_secondary_text_color=ACCENT, button_secondary_border_color=CONTROL_LINE, button_border_width="1px",
        button_large_radius="8px", button_medium_radius="8px", button_small_radius="8px",
        input_background_fill="#ffffff", input_border_color=CONTROL_LINE, input_border_color_focus=ACCENT,
        input_border_width="1px", input_radius="8px", input_placeholder_color=QUIET,
        checkbox_background_color_selected=ACCENT, checkbox_border_color=CONTROL_LINE,
        checkbox_border_color_selected=ACCENT,
        checkbox_label_background_fill="#ffffff", checkbox_label_background_fill_selected="#e6f0ed",
        checkbox_label_text_color=INK, checkbox_label_text_color_selected=INK, checkbox_label_border_color=CONTROL_LINE,
        link_text_color=ACCENT, link_text_color_hover=ACCENT_DARK, link_text_color_visited=ACCENT,
        link_text_color_active=ACCENT,
        color_accent=ACCENT, color_accent_soft="#e6f0ed",
    )  # fmt: skip
    for name in [name for name in vars(theme) if name.endswith("_dark")]:
        setattr(theme, name, getattr(theme, name.removesuffix("_dark")))
    return theme
