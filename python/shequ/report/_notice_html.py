# SPDX-License-Identifier: BSD-3-Clause
"""Notices of grids as HTML: one file that prints an A4 page a grid."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from shequ._messages import text
from shequ.report._notice_style import HIGH_MM, SHAPES, WIDE_MM, columns_of, scale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shequ._errors import Lang
    from shequ.report._notice import Notice

__all__ = ["notices_html"]

_STYLE = f"""
@page {{ size: A4; margin: 14mm }}
body {{ font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", sans-serif;
  color: #22303c; margin: 0; -webkit-print-color-adjust: exact; print-color-adjust: exact }}
section {{ break-after: page; width: {WIDE_MM}mm; margin: 0 auto }} section:last-child {{ break-after: auto }}
h1 {{ font-size: 20pt; line-height: 1.2; margin: 0 0 1mm }} p {{ margin: 1mm 0; font-size: 11pt }}
svg {{ display: block; width: {WIDE_MM}mm; height: {HIGH_MM}mm; border: 0.3mm solid #b9b4a6; margin: 3mm 0;
  box-sizing: border-box }}
dl {{ display: flex; gap: 6mm; margin: 0 0 3mm; font-size: 11pt }} dl div {{ flex: 1; border-bottom: 0.3mm solid #5d6770;
  padding-bottom: 1mm; min-height: 6mm; display: flex; gap: 3mm }} dt {{ color: #5d6770 }} dd {{ margin: 0 }}
h2 {{ font-size: 9pt; font-weight: normal; color: #5d6770; margin: 0 0 1mm }}
ul {{ list-style: none; margin: 0; padding: 0; column-gap: 5mm; column-rule: 0.2mm solid #dcd8cd }}
li {{ display: flex; justify-content: space-between; gap: 2mm; break-inside: avoid; border-bottom: 0.1mm solid #eceae4 }}
li span {{ overflow: hidden; text-overflow: ellipsis; white-space: nowrap }}
@media screen {{ body {{ background: #eceae4 }} section {{ background: #fff; padding: 14mm; margin: 6mm auto }} }}
"""


def _map(notice: Notice, lang: Lang) -> str:
    west, south, east, north = notice.frame
    stroke = (east - west) / WIDE_MM  # metres on the ground of a millimetre on paper
    shapes = []
    for kind, rings in notice.shapes:
        style = SHAPES[kind]
        data = "".join(
            "M" + "L".join(f"{x:.1f} {-y:.1f}" for x, y in ring.tolist()) + ("Z" if style.fill or style.closed else "")
            for ring in rings
        )
        line = f'stroke="{style.line}" stroke-width="{style.width_mm * stroke:.2f}"' if style.line else ""
        fill = f'fill="{style.fill}" fill-rule="evenodd"' if style.fill else 'fill="none"'
        shapes.append(f'<path d="{data}" {fill} {line} stroke-linejoin="round" stroke-linecap="round"/>')
    metres = scale_of(east - west)
    x, y, high = east - 6 * stroke - metres, -south - 6 * stroke, 3.4 * stroke
    bar = (
        f'<path d="M{x:.1f} {y - 0.4 * high:.1f}V{y:.1f}H{x + metres:.1f}V{y - 0.4 * high:.1f}" fill="none" '
        f'stroke="#22303c" stroke-width="{0.4 * stroke:.2f}"/>'
        f'<text x="{x + 0.5 * metres:.1f}" y="{y - 0.5 * high:.1f}" font-size="{high:.2f}" text-anchor="middle" '
        f'fill="#22303c" stroke="#fff" stroke-width="{0.6 * stroke:.2f}" paint-order="stroke">'
        f"{escape(text('cli.notice.metres', lang, n=metres))}</text>"
    )
    box = f"{west:.1f} {-north:.1f} {east - west:.1f} {north - south:.1f}"
    return f'<svg viewBox="{box}" role="img" aria-label="{escape(notice.head)}">{"".join(shapes)}{bar}</svg>'


def _section(notice: Notice, lang: Lang) -> str:
    columns, _, size_pt, line_mm = columns_of(len(notice.buildings))
    people = "".join(
        f"<div><dt>{escape(role)}</dt><dd>{escape(person) or '&nbsp;'}</dd></div>" for role, person in notice.people
    )
    rows = "".join(f"<li><span>{escape(name)}</span><b>{homes:,}</b></li>" for name, homes in notice.buildings)
    bounds = f"<p>{escape(notice.bounds)}</p>" if notice.bounds else ""
    return (
        f"<section><h1>{escape(notice.head)}</h1><p>{escape(notice.summary)}</p>{bounds}{_map(notice, lang)}"
        f"<dl>{people}</dl><h2>{escape(text('cli.notice.list', lang, what=notice.count))}</h2>"
        f'<ul style="columns:{columns};font-size:{size_pt:g}pt;line-height:{line_mm:g}mm">{rows}</ul></section>'
    )


def notices_html(notices: Sequence[Notice], title: str, lang: Lang) -> str:
    """Return the page of all notices; every text of the data is escaped."""
    code = "zh-CN" if lang == "zh" else "en"
    return (
        f'<!DOCTYPE html><html lang="{code}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>{''.join(_section(notice, lang) for notice in notices)}</body></html>\n"
    )
