package otlp

import "encoding/binary"

// unsnap undoes a snappy block (google/snappy, format_description.txt).
func unsnap(block []byte) ([]byte, error) {
	length, n := binary.Uvarint(block)
	if n <= 0 || length > 1<<28 {
		return nil, ErrMalformed
	}
	block = block[n:]
	out := make([]byte, 0, length)
	for len(block) > 0 {
		tag := block[0]
		block = block[1:]
		var size, distance int
		extra := 0
		switch tag & 3 {
		case 0:
			size = int(tag>>2) + 1
			extra = max(0, size-60)
		case 1:
			size = int(tag>>2&7) + 4
			extra = 1
		case 2:
			size = int(tag>>2) + 1
			extra = 2
		default:
			size = int(tag>>2) + 1
			extra = 4
		}
		if extra > len(block) {
			return nil, ErrMalformed
		}
		number := 0
		for i := range extra {
			number |= int(block[i]) << (8 * i)
		}
		block = block[extra:]
		if tag&3 == 0 {
			if extra > 0 {
				size = number + 1
			}
			if size > len(block) {
				return nil, ErrMalformed
			}
			out = append(out, block[:size]...)
			block = block[size:]
			continue
		}
		distance = number
		if tag&3 == 1 {
			distance |= int(tag>>5) << 8
		}
		if distance == 0 || distance > len(out) {
			return nil, ErrMalformed
		}
		// A copy may reach into itself: then it repeats what is there, and what it has written.
		for from := len(out) - distance; size > 0; {
			part := min(size, len(out)-from)
			out = append(out, out[from:from+part]...)
			size -= part
		}
	}
	if uint64(len(out)) != length {
		return nil, ErrMalformed
	}
	return out, nil
}
