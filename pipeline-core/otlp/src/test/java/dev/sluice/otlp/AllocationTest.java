package dev.sluice.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.generator.OtlpGenerator;
import dev.sluice.otlp.edit.ViewEditor;
import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.ExemplarsView;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.NumberPointView;
import dev.sluice.otlp.view.PointsView;
import dev.sluice.otlp.view.TracesView;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kernels that every request passes allocate nothing (performance.md, "allocation"). */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource(Signal.class)
    void countValidateAndTheShardOfARequestAllocateNothing(Signal signal) {
        Bytes request = Requests.bytes(Requests.of(signal, new OtlpGenerator(7), 2, 2, 25));
        assertAllocatesNothing(() -> OtlpItems.count(signal, request));
        assertAllocatesNothing(() -> OtlpValidator.validate(signal, request));
        assertAllocatesNothing(() -> OtlpPartition.onlyShard(signal, request, 4));
    }

    @Test
    void aSamplersDecisionAllocatesNothing() {
        Bytes request = Requests.bytes(new OtlpGenerator(7).traces(2, 2, 25));
        byte[] key = "http.route".getBytes(StandardCharsets.UTF_8);
        TracesView view = new TracesView();
        assertAllocatesNothing(() -> {
            view.reset(request);
            int sum = 0;
            while (view.next()) {
                AttributesView attributes = view.span().attributes();
                sum += (int) view.span().traceIdLow() + view.span().traceStateLength();
                sum += attributes.find(key) ? attributes.value().contentLength() : 0;
                sum += view.resource().length() + view.span().statusCode();
            }
            return sum;
        });
        ViewEditor keepAll = ViewEditor.ofSpans((span, resource, scope, patch) -> span.traceIdLow() != 1);
        assertAllocatesNothing(() -> keepAll.edit(request).length());
    }

    @Test
    void readingTheNumbersOfPointsAndExemplarsAllocatesNothing() {
        Bytes request = Requests.bytes(new OtlpGenerator(7).metrics(2, 2, 25));
        MetricsView view = new MetricsView();
        assertAllocatesNothing(() -> {
            view.reset(request);
            double sum = 0;
            while (view.next()) {
                PointsView points = view.metric().points();
                while (points.next()) {
                    if (points.point() instanceof NumberPointView number) {
                        sum += number.value().either();
                        ExemplarsView exemplars = number.exemplars();
                        while (exemplars.next()) {
                            sum += exemplars.value().either();
                        }
                    }
                }
            }
            return (int) sum;
        });
    }

    private static void assertAllocatesNothing(IntSupplier kernel) {
        int sink = 0;
        for (int i = 0; i < 2_000; i++) {
            sink += kernel.getAsInt();
        }
        // The JIT may still drop an object of its own on this thread, once; a kernel that allocates does so every time.
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5; attempt++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                sink += kernel.getAsInt();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes allocated (sink %d)", sink).isZero();
    }
}
