package dev.sluice.engine.telemetry;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.DefaultAggregationSelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands own telemetry as OTLP to a consumer, so that what the SDK makes leaves by Sluice's own exporters. Called on the SDK's threads; the
 * consumer finds its loop by itself.
 */
final class WireSink {
    private static final Logger LOG = LoggerFactory.getLogger(WireSink.class);

    private final TelemetryConsumer consumer;

    WireSink(TelemetryConsumer consumer) {
        this.consumer = consumer;
    }

    MetricExporter metrics(AggregationTemporalitySelector temporality, DefaultAggregationSelector aggregation) {
        return new Metrics(this, temporality, aggregation);
    }

    SpanExporter spans() {
        return new Spans(this);
    }

    LogRecordExporter logs() {
        return new Logs(this);
    }

    private CompletableResultCode send(Signal signal, Bytes wire, int items) {
        CompletableResultCode result = new CompletableResultCode();
        consumer.consume(Telemetry.of(signal, wire, items, Origin.INTERNAL)).onComplete(answer -> {
            if (answer.failed()) {
                result.failExceptionally(answer.cause());
                return;
            }
            switch (answer.result()) {
                case Outcome.Accepted _ -> result.succeed();
                case Outcome.Refused refused -> {
                    // Debug, for a line about a line that was not sent would itself be sent.
                    LOG.debug("Own {} were refused: {}", signal.key(), refused.message());
                    result.fail();
                }
            }
        });
        return result;
    }

    private record Metrics(
            WireSink sink, AggregationTemporalitySelector temporality, DefaultAggregationSelector aggregation)
            implements MetricExporter {
        @Override
        public CompletableResultCode export(Collection<MetricData> metrics) {
            return sink.send(Signal.METRICS, MetricWire.request(metrics), -1);
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return temporality.getAggregationTemporality(type);
        }

        @Override
        public Aggregation getDefaultAggregation(InstrumentType type) {
            return aggregation.getDefaultAggregation(type);
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private record Spans(WireSink sink) implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return sink.send(Signal.TRACES, SpanWire.request(spans), spans.size());
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private record Logs(WireSink sink) implements LogRecordExporter {
        @Override
        public CompletableResultCode export(Collection<LogRecordData> records) {
            return sink.send(Signal.LOGS, LogWire.request(records), records.size());
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
