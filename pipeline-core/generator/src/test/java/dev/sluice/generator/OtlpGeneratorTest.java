package dev.sluice.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OtlpGeneratorTest {
    @Test
    void theSameSeedMakesTheSameRequest() {
        assertThat(new OtlpGenerator(5).traces(2, 3, 4)).isEqualTo(new OtlpGenerator(5).traces(2, 3, 4));
        assertThat(new OtlpGenerator(5).logs(1, 1, 4)).isNotEqualTo(new OtlpGenerator(6).logs(1, 1, 4));
    }

    @Test
    void theNumbersOfResourcesScopesAndItemsAreAsAsked() {
        var request = new OtlpGenerator(1).traces(2, 3, 4);
        assertThat(request.getResourceSpansCount()).isEqualTo(2);
        assertThat(request.getResourceSpans(1).getScopeSpansCount()).isEqualTo(3);
        assertThat(request.getResourceSpans(1).getScopeSpans(2).getSpansCount()).isEqualTo(4);
    }

    @Test
    void everyFieldOfEveryMessageIsMade() {
        var generator = new OtlpGenerator(1, 0.8, true);
        Set<String> made = new HashSet<>();
        Set<String> known = new TreeSet<>();
        for (Message request :
                new Message[] {generator.traces(3, 3, 20), generator.metrics(3, 3, 40), generator.logs(3, 3, 20)}) {
            collectMade(request, made);
            collectKnown(request.getDescriptorForType(), known, new HashSet<>());
        }
        known.removeIf(field -> field.endsWith("_strindex"));
        assertThat(made).containsAll(known).contains("unknown");
    }

    private static void collectMade(Message message, Set<String> made) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            made.add("unknown");
        }
        message.getAllFields().forEach((field, value) -> {
            made.add(field.getFullName());
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                if (field.isRepeated()) {
                    for (Object each : (Iterable<?>) value) {
                        collectMade((Message) each, made);
                    }
                } else {
                    collectMade((Message) value, made);
                }
            }
        });
    }

    private static void collectKnown(Descriptor type, Set<String> known, Set<String> seen) {
        if (!seen.add(type.getFullName())) {
            return;
        }
        for (FieldDescriptor field : type.getFields()) {
            known.add(field.getFullName());
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                collectKnown(field.getMessageType(), known, seen);
            }
        }
    }
}
