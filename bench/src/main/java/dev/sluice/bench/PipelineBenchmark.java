package dev.sluice.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The way of a batch through a running service, from where a receiver hands it over to where an exporter has its slices: edges,
 * processors, queue, retries, own metrics. Each operation is one request.
 */
@State(Scope.Benchmark)
public class PipelineBenchmark {
    /** As many requests as fill a batch, so that none is left over for its timer. */
    private static final int REQUESTS = 82;

    /** Of every pipeline, as in YAML. */
    @Param({"", "batch", "memory_limiter, batch"})
    String processors = "";

    private PipelineRig rig = PipelineRig.STOPPED;

    @Setup
    public void start() throws Exception {
        rig = PipelineRig.start(processors);
    }

    @TearDown
    public void stop() {
        rig.stop();
    }

    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public long consume(Payload payload) throws Exception {
        return rig.put(payload.signal, payload.bytes, REQUESTS);
    }
}
