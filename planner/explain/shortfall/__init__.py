"""Why a capacity gap is there: what one more unit of each offer would need to run in time, and what denies it."""
