package dev.sluice.bench;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.json.OtlpJson;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** OTLP/JSON. Each operation is one request; its size is that of the protobuf, whichever way it goes. */
@State(Scope.Benchmark)
public class JsonBenchmark {
    private Bytes json = Bytes.EMPTY;

    @Setup
    public void encodeOnce(Payload payload) {
        json = Bytes.of(OtlpJson.encode(payload.signal, payload.bytes));
    }

    @Benchmark
    public Bytes decode(Payload payload) {
        return OtlpJson.decode(payload.signal, json);
    }

    @Benchmark
    public byte[] encode(Payload payload) {
        return OtlpJson.encode(payload.signal, payload.bytes);
    }
}
