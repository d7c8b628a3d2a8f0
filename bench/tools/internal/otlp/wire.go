// Package otlp reads just enough of protobuf's wire format to count the items of an OTLP request and to change ids in place.
package otlp

import (
	"encoding/binary"
	"errors"
)

// ErrMalformed says that bytes are not a protobuf message.
var ErrMalformed = errors.New("malformed protobuf message")

// Fields calls visit for every field of message that has bytes of its own: length-delimited ones, fixed64 and fixed32. The
// value shares memory with message, so writing to it changes the message.
func Fields(message []byte, visit func(number int, value []byte) error) error {
	for len(message) > 0 {
		tag, n := binary.Uvarint(message)
		if n <= 0 {
			return ErrMalformed
		}
		message = message[n:]
		size := uint64(0)
		switch tag & 7 {
		case 0:
			if _, n = binary.Uvarint(message); n <= 0 {
				return ErrMalformed
			}
			message = message[n:]
			continue
		case 1:
			size = 8
		case 2:
			if size, n = binary.Uvarint(message); n <= 0 {
				return ErrMalformed
			}
			message = message[n:]
		case 5:
			size = 4
		default:
			return ErrMalformed
		}
		if size > uint64(len(message)) {
			return ErrMalformed
		}
		if err := visit(int(tag>>3), message[:size:size]); err != nil {
			return err
		}
		message = message[size:]
	}
	return nil
}

// Records calls visit for every span, log record or metric of an Export request: field 2 of a scope, which is field 2 of a
// resource, which is field 1 of the request.
func Records(request []byte, visit func(record []byte) error) error {
	return only(request, 1, func(resource []byte) error {
		return only(resource, 2, func(scope []byte) error {
			return only(scope, 2, visit)
		})
	})
}

// CountRecords counts spans or log records of a request.
func CountRecords(request []byte) (count int64, err error) {
	err = Records(request, func([]byte) error { count++; return nil })
	return count, err
}

// CountPoints counts the data points of a metrics request: field 1 of a metric's gauge (5), sum (7), histogram (9), exponential
// histogram (10) or summary (11).
func CountPoints(request []byte) (count int64, err error) {
	err = Records(request, func(metric []byte) error {
		return Fields(metric, func(number int, data []byte) error {
			switch number {
			case 5, 7, 9, 10, 11:
				return only(data, 1, func([]byte) error { count++; return nil })
			}
			return nil
		})
	})
	return count, err
}

func only(message []byte, wanted int, visit func(value []byte) error) error {
	return Fields(message, func(number int, value []byte) error {
		if number != wanted {
			return nil
		}
		return visit(value)
	})
}
