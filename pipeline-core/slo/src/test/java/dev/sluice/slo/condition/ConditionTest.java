package dev.sluice.slo.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.view.LogsView;
import dev.sluice.otlp.view.TracesView;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which conditions are accepted, and what they hold for. */
class ConditionTest {
    private static final Item SPAN = span();
    private static final Item LOG = log();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attributes[\"http.route\"] == \"/pay\"",
                "attributes[ \"http.route\" ]==\"/pay\"and kind == 2",
                "span.attributes[\"http.route\"] != \"/cart\"",
                "attributes[\"http.route\"] > \"/cart\" and attributes[\"http.route\"] < \"/q\"",
                "attributes[\"code\"] >= 500 and attributes[\"code\"] <= 503 and attributes[\"code\"] == 503.0",
                "attributes[\"share\"] > -1 and attributes[\"share\"] < 1e0",
                "attributes[\"cached\"] == false and attributes[\"cached\"] != true",
                "attributes[\"gone\"] == nil and attributes[\"code\"] != nil",
                "attributes[\"gone\"] != \"x\" and attributes[\"code\"] != \"503\"",
                "resource.attributes[\"service.name\"] == \"shop\"",
                "name == \"POST \\\"/pay\\\"\" and name != 5",
                "kind == SPAN_KIND_SERVER and span.kind != SPAN_KIND_CLIENT",
                "status.code == STATUS_CODE_ERROR and status.code > 1",
            })
    void holdsForTheSpan(String text) throws ConditionException {
        assertThat(Condition.parse(text, Signal.TRACES).holds(SPAN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attributes[\"http.route\"] == \"/pa\"",
                "attributes[\"http.route\"] != \"/pay\"",
                "attributes[\"http.route\"] == \"/pay\" and kind == 3",
                "attributes[\"http.route\"] == 5",
                "attributes[\"code\"] > 503",
                "attributes[\"code\"] < \"600\"",
                "attributes[\"cached\"] == true",
                "attributes[\"cached\"] > false",
                "attributes[\"gone\"] == \"\"",
                "attributes[\"gone\"] < 5",
                "attributes[\"gone\"] != nil",
                "attributes[\"service.name\"] == \"shop\"",
                "name == \"POST\"",
                "kind == nil",
                "status.code == \"Error\"",
            })
    void doesNotHoldForTheSpan(String text) throws ConditionException {
        assertThat(Condition.parse(text, Signal.TRACES).holds(SPAN)).isFalse();
    }

    @Test
    void severitiesOfLogRecordsAreCompared() throws ConditionException {
        assertThat(Condition.parse("severity_number >= SEVERITY_NUMBER_ERROR", Signal.LOGS)
                        .holds(LOG))
                .isTrue();
        assertThat(Condition.parse("log.severity_number == SEVERITY_NUMBER_ERROR2", Signal.LOGS)
                        .holds(LOG))
                .isTrue();
        assertThat(Condition.parse("severity_number > SEVERITY_NUMBER_ERROR4", Signal.LOGS)
                        .holds(LOG))
                .isFalse();
        assertThat(Condition.parse("attributes[\"k\"] == \"v\"", Signal.LOGS).holds(LOG))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                                           | character 1: expected attributes["key"], resource.attributes["key"], name, kind or status.code, found the end
                    body == "x"                                  | character 1: expected attributes["key"], resource.attributes["key"], name, kind or status.code, found "body"
                    severity_number == 1                         | character 1: expected attributes["key"], resource.attributes["key"], name, kind or status.code, found "severity_number"
                    name                                         | character 5: expected ==, !=, <, <=, > or >=, found the end
                    name == "a" or name == "b"                   | character 13: expected "and" or the end, found "or"; OTTL is not there yet: conditions are comparisons joined by "and"
                    not name == "a"                              | character 1: expected attributes["key"], resource.attributes["key"], name, kind or status.code, found "not"; OTTL is not there yet: conditions are comparisons joined by "and"
                    IsMatch(name, "a.*")                         | character 1: expected attributes["key"], resource.attributes["key"], name, kind or status.code, found "IsMatch"; OTTL is not there yet: conditions are comparisons joined by "and"
                    (name == "a")                                | character 1: expected attributes["key"], resource.attributes["key"], name, kind or status.code, found "("; OTTL is not there yet: conditions are comparisons joined by "and"
                    name == "a" and                              | character 16: expected attributes["key"], resource.attributes["key"], name, kind or status.code, found the end
                    name == "a                                   | character 9: the text has no end: a quote is missing
                    name == a                                    | character 9: expected a text in quotes, a number, true, false, nil or a name such as STATUS_CODE_ERROR, found "a"
                    attributes["a" == 1                          | character 16: expected ], found "="
                    attributes.a == 1                            | character 1: expected attributes["key"], resource.attributes["key"], name, kind or status.code, found "attributes.a"
                    attributes[""] == 1                          | character 1: an attribute has a key
                    attributes[a] == 1                           | character 12: expected a text in quotes, found "a"
                    """)
    void whatIsNotAcceptedIsSaidWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> Condition.parse(text, Signal.TRACES)).hasMessage(message);
    }

    @Test
    void unknownEscapesAreSaidWithTheirPlace() {
        assertThatThrownBy(() -> Condition.parse("name == \"a\\q\"", Signal.TRACES))
                .hasMessage("character 11: no such escape; there are \\\", \\\\, \\n and \\t");
    }

    @Test
    void measuresAreDurationsAndNumericAttributes() throws ConditionException {
        assertThat(Measure.parse("duration", Signal.TRACES).of(SPAN)).isEqualTo(1.5);
        assertThat(Measure.parse("attributes[\"code\"]", Signal.TRACES).of(SPAN))
                .isEqualTo(503);
        assertThat(Measure.parse("attributes[\"share\"]", Signal.TRACES).of(SPAN))
                .isEqualTo(0.5);
        assertThat(Measure.parse("attributes[\"http.route\"]", Signal.TRACES).of(SPAN))
                .isNaN();
        assertThat(Measure.parse("attributes[\"gone\"]", Signal.TRACES).of(SPAN))
                .isNaN();
    }

    @Test
    void otherMeasuresAreRefused() {
        assertThatThrownBy(() -> Measure.parse("duration", Signal.LOGS))
                .hasMessage("character 1: only spans have a duration");
        assertThatThrownBy(() -> Measure.parse("kind", Signal.TRACES))
                .hasMessage("character 1: expected \"duration\" or an attribute such as attributes[\"key\"]");
        assertThatThrownBy(() -> Measure.parse("attributes[\"a\"] * 2", Signal.TRACES))
                .hasMessage("character 17: expected an attribute and nothing else, found \"*\"");
    }

    private static Item span() {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        var resource = request.addResourceSpansBuilder();
        resource.getResourceBuilder().addAttributes(attribute("service.name", text("shop")));
        resource.addScopeSpansBuilder()
                .addSpans(Span.newBuilder()
                        .setName("POST \"/pay\"")
                        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                        .setStartTimeUnixNano(1_000_000_000)
                        .setEndTimeUnixNano(2_500_000_000L)
                        .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
                        .addAttributes(attribute("http.route", text("/pay")))
                        .addAttributes(attribute(
                                "code", AnyValue.newBuilder().setIntValue(503).build()))
                        .addAttributes(attribute(
                                "share",
                                AnyValue.newBuilder().setDoubleValue(0.5).build()))
                        .addAttributes(attribute(
                                "cached",
                                AnyValue.newBuilder().setBoolValue(false).build())));
        TracesView view = new TracesView(Bytes.of(request.build().toByteArray()));
        assertThat(view.next()).isTrue();
        return new Item.Span(view.span(), view.resource());
    }

    private static Item log() {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        request.addResourceLogsBuilder()
                .addScopeLogsBuilder()
                .addLogRecordsBuilder()
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_ERROR2)
                .addAttributes(attribute("k", text("v")));
        LogsView view = new LogsView(Bytes.of(request.build().toByteArray()));
        assertThat(view.next()).isTrue();
        return new Item.Log(view.record(), view.resource());
    }

    private static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }

    private static KeyValue attribute(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }
}
