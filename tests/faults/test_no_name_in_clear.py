"""Promise 9: fifty planted people leave no byte in clear on the disk after everything an office does with them."""
