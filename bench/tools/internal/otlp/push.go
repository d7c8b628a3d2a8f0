package otlp

// CountLines counts the entries of a request of Loki's push API, a snappy block: field 2 of a stream, which is field 1.
func CountLines(compressed []byte) (count int64, err error) {
	request, err := unsnap(compressed)
	if err != nil {
		return 0, err
	}
	err = Fields(request, func(number int, stream []byte) error {
		if number != 1 {
			return nil
		}
		return Fields(stream, func(number int, _ []byte) error {
			if number == 2 {
				count++
			}
			return nil
		})
	})
	return count, err
}
