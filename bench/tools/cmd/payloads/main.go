// Command payloads writes the requests that the benchmarks send into a folder: 100 spans, log records or points of five resources,
// the same bytes every time, as "traces80" 8,000 spans, and as "series" 8,000 points of as many series. Of each there is protobuf (.pb), gzip (.pb.gz) and both in a gRPC frame (.grpc, .grpc.gz).
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"log"
	"os"
	"path/filepath"

	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: payloads FOLDER")
	}
	folder := os.Args[1]
	check(os.MkdirAll(folder, 0o755))
	requests := map[string]interface{ MarshalProto() ([]byte, error) }{
		"traces":  ptraceotlp.NewExportRequestFromTraces(traces()),
		"logs":    plogotlp.NewExportRequestFromLogs(logs()),
		"metrics": pmetricotlp.NewExportRequestFromMetrics(metrics()),
		"series":  pmetricotlp.NewExportRequestFromMetrics(series80()),
	}
	contents := map[string][]byte{}
	for name, request := range requests {
		content, err := request.MarshalProto()
		check(err)
		contents[name] = content
	}
	// Requests one behind the other are one.
	contents["traces80"] = bytes.Repeat(contents["traces"], 80)
	for name, plain := range contents {
		zipped := compress(plain)
		for suffix, content := range map[string][]byte{
			".pb":      plain,
			".pb.gz":   zipped,
			".grpc":    frame(0, plain),
			".grpc.gz": frame(1, zipped),
		} {
			check(os.WriteFile(filepath.Join(folder, name+suffix), content, 0o644))
		}
	}
}

func compress(content []byte) []byte {
	var out bytes.Buffer
	writer := gzip.NewWriter(&out)
	_, err := writer.Write(content)
	check(err)
	check(writer.Close())
	return out.Bytes()
}

// frame puts gRPC's length-prefixed message around content.
func frame(compressed byte, content []byte) []byte {
	head := binary.BigEndian.AppendUint32([]byte{compressed}, uint32(len(content)))
	return append(head, content...)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
