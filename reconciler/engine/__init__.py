"""Survey, observe, plan, schedule, execute: from data to data, then step by step."""
