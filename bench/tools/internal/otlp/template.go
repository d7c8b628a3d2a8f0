package otlp

import (
	"encoding/binary"
	"math/rand/v2"
	"time"
)

// Fields of a span.
const (
	traceID   = 1
	spanID    = 2
	parentID  = 4
	startTime = 7
)

// Template is a traces request whose ids can be renewed in place, so that each sending is a set of new traces.
type Template struct {
	ids   [][]byte
	start []byte
}

// NewTemplate finds the ids and the first span's start time in request, which it goes on sharing.
func NewTemplate(request []byte) (*Template, error) {
	template := &Template{}
	err := Records(request, func(span []byte) error {
		return Fields(span, func(number int, value []byte) error {
			switch {
			case len(value) > 0 && (number == traceID || number == spanID || number == parentID): // a root's parent is empty
				template.ids = append(template.ids, value)
			case number == startTime && template.start == nil:
				template.start = value
			}
			return nil
		})
	})
	return template, err
}

// Renew gives all spans other ids, by one mask for all: what was equal stays equal, so parents stay parents.
func (t *Template) Renew() {
	low, high := rand.Uint64(), rand.Uint64()
	for _, id := range t.ids {
		flip(id[:8], low)
		if len(id) == 16 {
			flip(id[8:], high)
		}
	}
}

// Stamp writes the time of sending as the first span's start, where the sink reads it.
func (t *Template) Stamp(sent time.Time) {
	binary.LittleEndian.PutUint64(t.start, uint64(sent.UnixNano()))
}

// Stamped is the start time of the request's first span.
func Stamped(request []byte) (stamp time.Time, ok bool) {
	template, err := NewTemplate(request)
	if err != nil || template.start == nil {
		return stamp, false
	}
	return time.Unix(0, int64(binary.LittleEndian.Uint64(template.start))), true
}

func flip(id []byte, mask uint64) {
	binary.BigEndian.PutUint64(id, binary.BigEndian.Uint64(id)^mask)
}
