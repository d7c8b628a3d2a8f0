// Command load sends a traces request over and over, each time with new trace and span ids, and prints what came back as JSON.
//
// With -rate the sending is an open loop: a request is due at its time whatever happened to those before, and its latency counts
// from then. Without, each worker sends as soon as it has its answer.
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"flag"
	"io"
	"log"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"dev.sluice/bench/internal/otlp"
)

type result struct {
	OK      int64          `json:"ok"`
	Failed  int64          `json:"failed"`
	Late    int64          `json:"late"` // due more than 100 ms before a worker was free: the rate was not held
	Seconds float64        `json:"seconds"`
	Latency otlp.Latencies `json:"latency"`
}

type load struct {
	url      string
	grpc     bool
	payload  []byte
	rate     float64
	stamp    bool
	start    time.Time
	duration time.Duration

	next, ok, failed, late atomic.Int64
	mutex                  sync.Mutex
	latency                []time.Duration
}

func main() {
	url := flag.String("url", "", "where to send to")
	grpc := flag.Bool("grpc", false, "gRPC over HTTP/2 without TLS, instead of HTTP/1.1")
	payload := flag.String("payload", "", "file with a traces request in protobuf")
	duration := flag.Duration("duration", 10*time.Second, "how long to send")
	rate := flag.Float64("rate", 0, "requests a second; 0 is as fast as answers come")
	workers := flag.Int("workers", 16, "requests under way at a time")
	connections := flag.Int("connections", 4, "HTTP/2 connections the workers share")
	stamp := flag.Bool("stamp", false, "write the time of sending into each request, for sink -stamps")
	flag.Parse()

	request, err := os.ReadFile(*payload)
	if err != nil {
		log.Fatal(err)
	}
	l := &load{
		url: *url, grpc: *grpc, payload: request, rate: *rate, stamp: *stamp, start: time.Now(), duration: *duration,
	}
	clients := make([]*http.Client, *connections)
	for i := range clients {
		clients[i] = client(*grpc, *workers)
	}
	var running sync.WaitGroup
	for i := range *workers {
		running.Go(func() { l.work(clients[i%len(clients)]) })
	}
	running.Wait()
	json.NewEncoder(os.Stdout).Encode(result{
		OK:      l.ok.Load(),
		Failed:  l.failed.Load(),
		Late:    l.late.Load(),
		Seconds: time.Since(l.start).Seconds(),
		Latency: otlp.Summarize(l.latency),
	})
}

// client has connections of its own: one if it speaks HTTP/2, else one for each worker.
func client(grpc bool, workers int) *http.Client {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(!grpc)
	protocols.SetUnencryptedHTTP2(grpc)
	return &http.Client{Transport: &http.Transport{
		Protocols:           protocols,
		MaxIdleConnsPerHost: workers,
		DisableCompression:  true,
	}}
}

func (l *load) work(client *http.Client) {
	var head []byte
	if l.grpc {
		head = binary.BigEndian.AppendUint32([]byte{0}, uint32(len(l.payload)))
	}
	body := append(bytes.Clone(head), l.payload...)
	template, err := otlp.NewTemplate(body[len(head):])
	if err != nil {
		log.Fatal(err)
	}
	var latency []time.Duration
	for {
		due, more := l.await()
		if !more {
			break
		}
		template.Renew()
		if l.stamp {
			template.Stamp(due)
		}
		if l.send(client, body) {
			l.ok.Add(1)
			latency = append(latency, time.Since(due))
		} else {
			l.failed.Add(1)
		}
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.latency = append(l.latency, latency...)
}

// await returns when the next request is due, or false when there is no more to send.
func (l *load) await() (due time.Time, more bool) {
	due = time.Now()
	if l.rate > 0 {
		due = l.start.Add(time.Duration(float64(l.next.Add(1)) / l.rate * 1e9))
	}
	if due.Sub(l.start) >= l.duration {
		return due, false
	}
	wait := time.Until(due)
	if wait < -100*time.Millisecond {
		l.late.Add(1)
	}
	time.Sleep(wait)
	return due, true
}

func (l *load) send(client *http.Client, body []byte) bool {
	request, err := http.NewRequest("POST", l.url, bytes.NewReader(body))
	if err != nil {
		log.Fatal(err)
	}
	if l.grpc {
		request.Header.Set("Content-Type", "application/grpc")
		request.Header.Set("TE", "trailers")
	} else {
		request.Header.Set("Content-Type", "application/x-protobuf")
	}
	response, err := client.Do(request)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	if _, err = io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != 200 {
		return false
	}
	if !l.grpc {
		return true
	}
	// A refusal without a message has its status among the headers.
	return response.Trailer.Get("Grpc-Status") == "0" || response.Header.Get("Grpc-Status") == "0"
}
