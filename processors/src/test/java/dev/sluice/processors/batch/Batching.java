package dev.sluice.processors.batch;

import dev.sluice.api.Admission;
import dev.sluice.api.Origin;
import dev.sluice.api.Processor;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.processors.batch.BatchProcessorConfig.Acknowledge;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.TestContext;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tests of the processor with numbered log records, a clock by hand and the bytes that it has charged. */
abstract class Batching {
    static final Duration TIMEOUT = Duration.ofMillis(200);

    final RecordingConsumer next = new RecordingConsumer();
    final CountingAdmission admission = new CountingAdmission();
    final TestContext context = new TestContext("batch").admission(admission);

    final Processor processor(int size, Acknowledge acknowledge) {
        return processor(config(size, TIMEOUT, List.of(), 1000, acknowledge));
    }

    final Processor processor(BatchProcessorConfig config) {
        return new BatchProcessorFactory().create(config, next, context);
    }

    static BatchProcessorConfig config(
            int size, Duration timeout, List<String> keys, int limit, Acknowledge acknowledge) {
        return new BatchProcessorConfig(size, timeout, 0, keys, limit, acknowledge);
    }

    final double value(String meter) {
        return context.meters().value(meter);
    }

    static Telemetry logs(int from, int count) {
        return logs(from, count, Map.of());
    }

    /** Log records whose bodies are the numbers from {@code from} on. */
    static Telemetry logs(int from, int count, Map<String, String> metadata) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (int i = from; i < from + count; i++) {
            scope.addLogRecords(LogRecord.newBuilder()
                    .setBody(AnyValue.newBuilder().setIntValue(i))
                    .build());
        }
        byte[] request = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
                .build()
                .toByteArray();
        return Telemetry.of(Signal.LOGS, Bytes.of(request), count, new Origin("grpc", "", metadata));
    }

    static List<Integer> bodies(RecordingConsumer consumer) throws Exception {
        List<Integer> bodies = new ArrayList<>();
        ExportLogsServiceRequest request = ExportLogsServiceRequest.parseFrom(consumer.merged(Signal.LOGS));
        for (ResourceLogs resource : request.getResourceLogsList()) {
            for (ScopeLogs scope : resource.getScopeLogsList()) {
                scope.getLogRecordsList()
                        .forEach(record -> bodies.add((int) record.getBody().getIntValue()));
            }
        }
        return bodies;
    }

    static final class CountingAdmission implements Admission {
        long held;

        @Override
        public boolean tryAcquire(long bytes) {
            throw new AssertionError("the bytes are in memory already");
        }

        @Override
        public void charge(long bytes) {
            held += bytes;
        }

        @Override
        public void release(long bytes) {
            held -= bytes;
        }

        @Override
        public Level level() {
            return Level.NORMAL;
        }
    }
}
