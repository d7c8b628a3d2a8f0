package main

// The percentages: both ends, what the tests of the Collector use, and what rounds badly in 14 bits, in single precision or in few digits.
var percentages = []float64{0, 1e-13, 0.005, 0.01, 1, 3.3, 10, 15.3, 33.333, 50, 99.99, 100}

// configurations are each mode with each percentage, open and closed; the other options take turns.
func configurations(signal string, golden bool) []map[string]any {
	if golden {
		return few(signal)
	}
	var all []map[string]any
	for _, mode := range []string{"", "hash_seed", "proportional", "equalizing"} {
		for _, percentage := range percentages {
			for _, failClosed := range []bool{true, false} {
				all = append(all, configuration(signal, mode, percentage, failClosed, len(all)))
			}
		}
	}
	// More than all; and a precision below 1, which the Collector takes.
	all = append(all,
		map[string]any{"sampling_percentage": 250},
		map[string]any{"mode": "proportional", "sampling_percentage": 25, "sampling_precision": -1, "fail_closed": false},
		map[string]any{"mode": "equalizing", "sampling_percentage": 25, "sampling_precision": -3})
	return all
}

func configuration(signal, mode string, percentage float64, failClosed bool, turn int) map[string]any {
	config := map[string]any{
		"mode":                mode,
		"sampling_percentage": percentage,
		"fail_closed":         failClosed,
		"sampling_precision":  1 + turn*5%14,
	}
	if mode != "" {
		config["hash_seed"] = []int64{0, 22, 4294967295, 4294967296 + 7}[turn%4]
	}
	if signal == "logs" {
		config["attribute_source"] = []string{"traceID", "record", ""}[turn%3]
		config["from_attribute"] = []string{"foo", "", "sampling.randomness", "foo"}[turn/3%4]
		config["sampling_priority"] = []string{"bar", "", "foo"}[turn/2%3]
	}
	return config
}

func few(signal string) []map[string]any {
	return []map[string]any{
		configuration(signal, "", 33.333, false, 12),
		configuration(signal, "hash_seed", 75, true, 1),
		configuration(signal, "proportional", 50, false, 0),
		configuration(signal, "equalizing", 75, true, 3),
		{"sampling_percentage": 0, "fail_closed": false, "sampling_priority": "bar"},
	}
}
