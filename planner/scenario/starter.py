"""The file a new user begins with: small, solvable, every part explained beside it."""

from __future__ import annotations


def starter_text() -> str:
    """A commented scenario of two makers and one factory, for ``planner new``."""
    return STARTER


STARTER = """\
# A first scenario: two makers, one factory. Change the numbers, then run: planner solve FILE
format: 1
title: My first factory ramp
description: A cheap maker with few delivery slots and a dear one with many.

# Decisions fall on the first day of each period. Steps: month, quarter.
calendar: {start: 2026-01-01, step: quarter, periods: 8}

# Every amount below is in millions of its currency; rates are dollars for one unit of the other currency.
money:
  currency: USD
  in: millions
  discount_rate: 0.08            # per year
  rates: {CNY: 0.14}
  sources: [{is: assumption, note: round numbers to begin with}]

# The process steps a cell runs through; two routes may share steps.
routes:
  hjt: {steps: [wet, coat, print], cell_efficiency: 0.25, sources: [{is: assumption, note: typical of new lines}]}

# Where equipment is installed, and how long installing and accepting it takes.
sites:
  - id: plant
    country: US
    ready: 2026-07-01            # installation may begin
    capacity_mw: 6000            # MW of cells a year, the most the building can run
    install_time: 3 months
    acceptance_time: 1 month
    sources: [{is: assumption, note: invented for the example}]

# The capacity wanted. Between two keys it rises in a straight line; missing it costs 60 million per GW and year.
demand:
  - id: ramp
    sites: [plant]
    target_mw: {2027-Q1: 1000, 2027-Q4: 4000, interpolate: linear}
    shortage_cost: {amount: 60, per: GW-year}
    continues: 5 years           # the last target goes on after the calendar
    sources: [{is: assumption, note: invented for the example}]

# Makers: qualified (vetting) before the frame agreement is signed.
suppliers:
  - id: east
    country: CN
    vetting: {duration: 8 weeks, cost: 0.3}
    signing_fee: 1
    sources: [{is: assumption, note: invented for the example}]
  - {id: west, country: DE}

# What they sell: MW a year that one unit gives each step, price, times, and slots (units that can ship per quarter).
offers:
  - id: east-line
    supplier: east
    covers: {wet: 500, coat: 500, print: 500}
    price: {amount: 180, currency: CNY}
    lead_time: 5 months
    transit_time: 6 weeks
    slots: {per: quarter, 2026-Q2: 1, 2027-Q1: 2}
    payment: {order: 0.3, shipment: 0.6, acceptance: 0.1}
    sources: [{is: assumption, note: invented for the example}]
  - id: west-line
    supplier: west
    covers: {wet: 500, coat: 500, print: 500}
    price: 38
    lead_time: 8 months
    slots: {per: quarter, 2026-Q3: 4}
    payment: {order: 0.3, shipment: 0.6, acceptance: 0.1}
    sources: [{is: assumption, note: invented for the example}]

# Duties on what enters the country of a site, and rules of the buyer. Both may be left out.
duties:
  - {origin: CN, into: US, rate: 0.25, sources: [{is: assumption, note: invented for the example}]}
policy:
  max_country_share: {CN: 0.85}  # at most 85 % of the money goes to makers in China
  sources: [{is: assumption, note: invented for the example}]

# News that may come: remove the # in front of these lines, and the plan says what to do with it and without.
# shocks:
#   - id: export-stop
#     hazard_per_year: 0.1         # chance per year; set your own
#     lasts: 9 months
#     hits: {countries: [CN]}      # whose goods
#     shipments: stopped
#     sources:
#       - {field: hazard_per_year, is: assumption, low: 0.02, high: 0.3, note: invented for the example}
#       - {field: lasts, is: assumption, note: invented for the example}
"""
