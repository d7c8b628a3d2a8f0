package dev.sluice.processors.probabilisticsampler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.TestContext;
import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A decision allocates nothing, whatever it rests on (performance.md, "allocation"), and what is kept only the request it goes to. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ITEMS = 200;
    /** The array of a request, and the object that holds it. */
    private static final int ARRAY_BYTES = 200;

    @ParameterizedTest
    @CsvSource({"hash_seed", "proportional", "equalizing"})
    void decisionsOnSpansAllocateNothing(String mode) {
        Bytes request = Batches.spans(ITEMS, true);
        Sampler sampler = sampler(Signal.TRACES, new SpanItem(), config(mode, 50));

        long kept = sampler.sample(request).length();

        assertThat(kept).isBetween(request.length() / 5L, request.length() * 4L / 5);
        assertThat(allocated(() -> sampler.sample(request).length())).isLessThan(kept + ARRAY_BYTES);
        // Nothing is kept, and so there is no request either.
        Sampler none = sampler(Signal.TRACES, new SpanItem(), config(mode, 1e-13f));
        assertThat(allocated(() -> none.sample(request).length())).isZero();
    }

    @ParameterizedTest
    @CsvSource({"hash_seed", "proportional", "equalizing"})
    void decisionsOnLogRecordsAllocateNothing(String mode) {
        Bytes request = Batches.records(ITEMS, true);
        ProbabilisticSamplerConfig config = config(mode, 50);
        Sampler sampler = sampler(Signal.LOGS, new RecordItem(config), config);

        long kept = sampler.sample(request).length();

        assertThat(kept).isBetween(request.length() / 5L, request.length() * 4L / 5);
        assertThat(allocated(() -> sampler.sample(request).length())).isLessThan(kept + ARRAY_BYTES);
        ProbabilisticSamplerConfig least = config(mode, 1e-13f);
        Sampler none = sampler(Signal.LOGS, new RecordItem(least), least);
        assertThat(allocated(() -> none.sample(request).length())).isZero();
    }

    private static Sampler sampler(Signal signal, Item item, ProbabilisticSamplerConfig config) {
        TestContext context = new TestContext("probabilistic_sampler");
        return new Sampler(signal, item, config, new Decisions(signal, "", context.meters()), context.log());
    }

    private static ProbabilisticSamplerConfig config(String mode, float percentage) {
        return new ProbabilisticSamplerConfig(mode, percentage, 0, true, 4, "traceID", "foo", "bar");
    }

    private static long allocated(IntSupplier kernel) {
        int sink = 0;
        for (int i = 0; i < 2_000; i++) {
            sink += kernel.getAsInt();
        }
        // The JIT may still drop an object of its own on this thread, once; a kernel that allocates does so every time.
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20; attempt++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            sink += kernel.getAsInt();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(sink).isNotNegative();
        return least;
    }
}
