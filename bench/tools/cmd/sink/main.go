// Command sink takes OTLP over gRPC without TLS and over HTTP/1.1, Prometheus remote write and Loki's push API on one port, accepts
// everything and counts it.
//
//	GET  /stats  requests, bytes, spans, log records, points and samples since the last reset, and with -stamps their latencies, as JSON
//	POST /reset  begins anew
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"io"
	"log"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"dev.sluice/bench/internal/otlp"
)

const (
	writePath = "/api/v1/write"
	pushPath  = "/loki/api/v1/push"
)

type sink struct {
	requests, bytes, spans, logs, points, samples, malformed atomic.Int64

	stamps  bool
	mutex   sync.Mutex
	latency []time.Duration
	buffers sync.Pool
}

type stats struct {
	Requests  int64          `json:"requests"`
	Bytes     int64          `json:"bytes"`
	Spans     int64          `json:"spans"`
	Logs      int64          `json:"logs"`
	Points    int64          `json:"points"`
	Samples   int64          `json:"samples"`
	Malformed int64          `json:"malformed"`
	Latency   otlp.Latencies `json:"latency"`
}

func main() {
	address := flag.String("listen", "127.0.0.1:5317", "where to listen")
	stamps := flag.Bool("stamps", false, "measure from the start time of each request's first span, which load -stamp writes")
	flag.Parse()

	s := &sink{stamps: *stamps}
	s.buffers.New = func() any { return new(bytes.Buffer) }
	mux := http.NewServeMux()
	mux.HandleFunc("GET /stats", s.stats)
	mux.HandleFunc("POST /reset", s.reset)
	mux.HandleFunc("POST /", s.export)

	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	server := &http.Server{
		Addr:      *address,
		Handler:   mux,
		Protocols: protocols,
		// Wide windows, so that flow control is never what holds the sender back.
		HTTP2: &http.HTTP2Config{
			MaxConcurrentStreams:          1000,
			MaxReadFrameSize:              1 << 20,
			MaxReceiveBufferPerConnection: 64 << 20,
			MaxReceiveBufferPerStream:     16 << 20,
		},
	}
	log.Fatal(server.ListenAndServe())
}

func (s *sink) export(w http.ResponseWriter, r *http.Request) {
	arrived := time.Now()
	buffer := s.buffers.Get().(*bytes.Buffer)
	defer s.buffers.Put(buffer)
	buffer.Reset()
	if _, err := buffer.ReadFrom(r.Body); err != nil {
		return // the sender went away
	}
	body := buffer.Bytes()
	s.requests.Add(1)
	s.bytes.Add(int64(len(body)))

	grpc := strings.HasPrefix(r.Header.Get("Content-Type"), "application/grpc")
	compressed := r.Header.Get("Content-Encoding") == "gzip"
	if grpc && len(body) >= 5 {
		compressed, body = body[0] == 1, body[5:]
	}
	items, err := s.count(r.URL.Path, body, compressed, arrived)
	if err != nil {
		s.malformed.Add(1)
	}
	if strings.HasSuffix(r.URL.Path, writePath) {
		// What remote write 2.0 wants to be told; native histograms count as samples here.
		w.Header().Set("X-Prometheus-Remote-Write-Samples-Written", strconv.FormatInt(items, 10))
		w.Header().Set("X-Prometheus-Remote-Write-Histograms-Written", "0")
		w.Header().Set("X-Prometheus-Remote-Write-Exemplars-Written", "0")
	}
	if grpc {
		w.Header().Set("Content-Type", "application/grpc")
		w.Header().Set("Trailer", "Grpc-Status")
		w.Write(make([]byte, 5)) // an empty message, not compressed
		w.Header().Set("Grpc-Status", "0")
		return
	}
	w.Header().Set("Content-Type", "application/x-protobuf")
}

func (s *sink) count(path string, body []byte, compressed bool, arrived time.Time) (items int64, err error) {
	if compressed {
		reader, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return 0, err
		}
		if body, err = io.ReadAll(reader); err != nil {
			return 0, err
		}
	}
	switch {
	case strings.HasSuffix(path, "/v1/traces"), strings.Contains(path, "TraceService"):
		items, err = otlp.CountRecords(body)
		s.spans.Add(items)
	case strings.HasSuffix(path, "/v1/logs"), strings.Contains(path, "LogsService"):
		items, err = otlp.CountRecords(body)
		s.logs.Add(items)
	case strings.HasSuffix(path, "/v1/metrics"), strings.Contains(path, "MetricsService"):
		items, err = otlp.CountPoints(body)
		s.points.Add(items)
	case strings.HasSuffix(path, writePath):
		items, err = otlp.CountSamples(body)
		s.samples.Add(items)
	case strings.HasSuffix(path, pushPath):
		items, err = otlp.CountLines(body)
		s.logs.Add(items)
	}
	if stamp, ok := s.stamped(body); ok {
		s.mutex.Lock()
		s.latency = append(s.latency, arrived.Sub(stamp))
		s.mutex.Unlock()
	}
	return items, err
}

func (s *sink) stamped(body []byte) (time.Time, bool) {
	if !s.stamps {
		return time.Time{}, false
	}
	return otlp.Stamped(body)
}

func (s *sink) stats(w http.ResponseWriter, _ *http.Request) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	json.NewEncoder(w).Encode(stats{
		Requests:  s.requests.Load(),
		Bytes:     s.bytes.Load(),
		Spans:     s.spans.Load(),
		Logs:      s.logs.Load(),
		Points:    s.points.Load(),
		Samples:   s.samples.Load(),
		Malformed: s.malformed.Load(),
		Latency:   otlp.Summarize(s.latency),
	})
}

func (s *sink) reset(http.ResponseWriter, *http.Request) {
	for _, counter := range []*atomic.Int64{&s.requests, &s.bytes, &s.spans, &s.logs, &s.points, &s.samples, &s.malformed} {
		counter.Store(0)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.latency = nil
}
