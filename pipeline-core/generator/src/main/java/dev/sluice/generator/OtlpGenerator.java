package dev.sluice.generator;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.List;
import java.util.Random;

/**
 * Makes requests that use every field of OTLP, the same ones for the same seed. It fills the generated classes by their descriptors,
 * so that a field that opentelemetry-proto adds is made without a change here. Ids have their sizes, keys of one attribute list
 * differ, times rise; everything else is as odd as it may be: empty strings, unset oneofs, NaN, emoji.
 */
public final class OtlpGenerator {
    private static final List<String> KEYS = List.of(
            "service.name",
            "http.request.method",
            "http.route",
            "url.full",
            "http.response.status_code",
            "db.system",
            "server.address",
            "exception.stacktrace",
            "k8s.pod.name",
            "ключ");
    private static final List<String> STRINGS = List.of(
            "GET",
            "",
            "/api/v1/checkout/{cartId}/items",
            "shop",
            "a \"quoted\" word, a \\ and a\ttab\nand a line",
            "é",
            "日本語のテキスト",
            "🚀",
            "<script>&amp;\u2028\u0001",
            "the quick brown fox jumps over the lazy dog, thirteen times in a row without a rest");
    private static final long EPOCH_NANOS = 1_790_000_000_000_000_000L;
    private static final int MAX_VALUE_DEPTH = 3;
    /** A field number that no message of OTLP uses. */
    private static final int UNKNOWN_FIELD = 4000;

    private final Random random;
    private final double density;
    private final boolean unknownFields;
    private long now = EPOCH_NANOS;

    /** Each field is present with probability 0.8; no unknown fields. */
    public OtlpGenerator(long seed) {
        this(seed, 0.8, false);
    }

    /** {@code density}: the probability that an optional field is present. {@code unknownFields}: add some to every kind of message. */
    public OtlpGenerator(long seed, double density, boolean unknownFields) {
        this.random = new Random(seed);
        this.density = density;
        this.unknownFields = unknownFields;
    }

    /** {@code resources} resources with {@code scopes} scopes each, with {@code spans} spans each. */
    public ExportTraceServiceRequest traces(int resources, int scopes, int spans) {
        var request = ExportTraceServiceRequest.newBuilder();
        fillTop(request, resources, scopes, spans);
        return request.build();
    }

    /** {@code metrics} metrics a scope, of all kinds, with up to three data points each. */
    public ExportMetricsServiceRequest metrics(int resources, int scopes, int metrics) {
        var request = ExportMetricsServiceRequest.newBuilder();
        fillTop(request, resources, scopes, metrics);
        return request.build();
    }

    /** {@code records} log records a scope. */
    public ExportLogsServiceRequest logs(int resources, int scopes, int records) {
        var request = ExportLogsServiceRequest.newBuilder();
        fillTop(request, resources, scopes, records);
        return request.build();
    }

    private void fillTop(Message.Builder request, int resources, int scopes, int items) {
        for (int r = 0; r < resources; r++) {
            Message.Builder resource = child(request, 1);
            fill(resource, 2);
            for (int s = 0; s < scopes; s++) {
                Message.Builder scope = child(resource, 2);
                fill(scope, 2);
                for (int i = 0; i < items; i++) {
                    Message.Builder item = child(scope, 2);
                    fill(item, 0);
                    add(scope, 2, item);
                }
                add(resource, 2, scope);
            }
            add(request, 1, resource);
        }
        addUnknown(request);
    }

    /** Fills the fields of the message but {@code exceptField}, which the caller adds. */
    private void fill(Message.Builder message, int exceptField) {
        fill(message, exceptField, 0);
    }

    private void fill(Message.Builder message, int exceptField, int valueDepth) {
        Descriptor type = message.getDescriptorForType();
        for (OneofDescriptor oneof : type.getRealOneofs()) {
            List<FieldDescriptor> cases = oneof.getFields();
            FieldDescriptor chosen = cases.get(random.nextInt(cases.size()));
            boolean wanted = oneof.getName().equals("data") || random.nextDouble() < 0.9;
            boolean nests = valueDepth >= MAX_VALUE_DEPTH && chosen.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            if (wanted && !nests && !profilesOnly(chosen)) {
                message.setField(chosen, value(message, chosen, valueDepth));
            }
        }
        for (FieldDescriptor field : type.getFields()) {
            if (field.getNumber() == exceptField || field.getRealContainingOneof() != null || profilesOnly(field)) {
                continue;
            }
            if (field.isRepeated()) {
                fillRepeated(message, field, valueDepth);
            } else if (always(field) || random.nextDouble() < density) {
                message.setField(field, value(message, field, valueDepth));
            }
        }
        addUnknown(message);
    }

    private void fillRepeated(Message.Builder message, FieldDescriptor field, int valueDepth) {
        int count = random.nextDouble() < density ? 1 + random.nextInt(3) : 0;
        if (field.getName().equals("data_points")) {
            count = 1 + random.nextInt(3);
        }
        boolean attributes = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType().getName().equals("KeyValue");
        int firstKey = random.nextInt(KEYS.size());
        for (int i = 0; i < count; i++) {
            Object value = value(message, field, valueDepth);
            if (attributes) {
                Message.Builder entry = ((Message) value).toBuilder();
                entry.setField(
                        entry.getDescriptorForType().findFieldByName("key"), KEYS.get((firstKey + i) % KEYS.size()));
                value = entry.build();
            }
            message.addRepeatedField(field, value);
        }
    }

    private Object value(Message.Builder parent, FieldDescriptor field, int valueDepth) {
        return switch (field.getJavaType()) {
            case STRING -> STRINGS.get(random.nextInt(STRINGS.size()));
            case BOOLEAN -> random.nextBoolean();
            case INT -> integer(field);
            case LONG -> field.getName().endsWith("unix_nano") ? now += random.nextInt(5_000_000) : longValue();
            case DOUBLE -> doubleValue();
            case FLOAT -> random.nextFloat();
            case BYTE_STRING -> bytes(field.getName());
            case ENUM -> {
                var values = field.getEnumType().getValues();
                yield values.get(random.nextInt(values.size()));
            }
            case MESSAGE -> {
                Message.Builder within = parent.newBuilderForField(field);
                boolean nests = field.getMessageType().getName().endsWith("Value")
                        || field.getMessageType().getName().equals("KeyValueList");
                fill(within, 0, nests ? valueDepth + 1 : valueDepth);
                yield within.build();
            }
        };
    }

    private Object integer(FieldDescriptor field) {
        return switch (field.getType()) {
            case SINT32 -> random.nextInt(41) - 20;
            default -> random.nextInt(4) == 0 ? 0 : random.nextInt(500);
        };
    }

    private long longValue() {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> random.nextLong() >>> 1;
            default -> random.nextInt(1000);
        };
    }

    private double doubleValue() {
        return switch (random.nextInt(12)) {
            case 0 -> 0;
            case 1 -> Double.NaN;
            case 2 -> Double.POSITIVE_INFINITY;
            case 3 -> Double.NEGATIVE_INFINITY;
            case 4 -> 1e21;
            case 5 -> -1.5e-7;
            case 6 -> random.nextInt(1000);
            default -> random.nextGaussian() * 1000;
        };
    }

    private ByteString bytes(String name) {
        int length = switch (name) {
            case "trace_id" -> 16;
            case "span_id" -> 8;
            case "parent_span_id" -> random.nextInt(4) == 0 ? 0 : 8;
            default -> random.nextInt(40);
        };
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private void addUnknown(Message.Builder message) {
        if (!unknownFields || random.nextInt(3) > 0) {
            return;
        }
        var field = UnknownFieldSet.Field.newBuilder();
        switch (random.nextInt(5)) {
            case 0 -> field.addVarint(random.nextLong());
            case 1 -> field.addFixed32(random.nextInt());
            case 2 -> field.addFixed64(random.nextLong());
            case 3 -> field.addLengthDelimited(bytes("unknown"));
            default ->
                field.addGroup(UnknownFieldSet.newBuilder()
                        .addField(
                                7,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build());
        }
        message.setUnknownFields(UnknownFieldSet.newBuilder()
                .addField(UNKNOWN_FIELD + random.nextInt(3), field.build())
                .build());
    }

    /** Ids and times, without which the rest makes little sense. */
    private static boolean always(FieldDescriptor field) {
        return switch (field.getName()) {
            case "trace_id", "span_id", "start_time_unix_nano", "end_time_unix_nano", "time_unix_nano", "key" -> true;
            default -> false;
        };
    }

    /** References into a string table, which only profiles have. */
    private static boolean profilesOnly(FieldDescriptor field) {
        return field.getName().endsWith("_strindex");
    }

    private static Message.Builder child(Message.Builder message, int number) {
        return message.newBuilderForField(message.getDescriptorForType().findFieldByNumber(number));
    }

    private static void add(Message.Builder message, int number, Message.Builder value) {
        message.addRepeatedField(message.getDescriptorForType().findFieldByNumber(number), value.build());
    }
}
