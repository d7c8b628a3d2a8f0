package otlp

// CountSamples counts the samples and native histograms of a remote write request, a snappy block: fields 2 and 4 of a series, which
// is field 1 (version 1.0), or fields 2 and 3 of a series, which is field 5 (version 2.0).
func CountSamples(compressed []byte) (count int64, err error) {
	request, err := unsnap(compressed)
	if err != nil {
		return 0, err
	}
	err = Fields(request, func(number int, series []byte) error {
		histograms := map[int]int{1: 4, 5: 3}[number]
		if histograms == 0 {
			return nil
		}
		return Fields(series, func(number int, _ []byte) error {
			if number == 2 || number == histograms {
				count++
			}
			return nil
		})
	})
	return count, err
}
