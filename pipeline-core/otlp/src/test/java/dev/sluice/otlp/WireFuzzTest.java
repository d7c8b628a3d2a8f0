package dev.sluice.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.generator.OtlpGenerator;
import dev.sluice.otlp.edit.PointEditor;
import dev.sluice.otlp.edit.ViewEditor;
import dev.sluice.otlp.json.OtlpJson;
import dev.sluice.otlp.text.OtlpText;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Hostile bytes: requests that were cut, whose bits were flipped, or into which parts of themselves were spliced. Nothing but
 * {@link MalformedOtlpException} may come out of any kernel, and what the validator accepts every kernel must take. The number of
 * cases is the system property {@code sluice.fuzz.cases}; the Maven profile {@code fuzz} sets it to a million.
 */
class WireFuzzTest {
    private static final int CASES = Integer.getInteger("sluice.fuzz.cases", 50_000);
    private static final int SEEDS = 97;

    private final ViewEditor spans = ViewEditor.ofSpans((span, resource, scope, patch) -> {
        patch.attribute(9, "fuzz", span.name().length());
        return span.traceIdLow() % 2 == 0;
    });
    private final ViewEditor logs = ViewEditor.ofLogRecords((record, resource, scope, patch) -> {
        patch.set(3, scope.name());
        return record.severityNumber() % 2 == 0;
    });
    private final PointEditor points =
            new PointEditor((point, metric, resource, scope, patch) -> point.time() % 2 == 0);

    @Test
    void hostileBytesAreRefusedOrTakenWhole() {
        Random random = new Random(20_261_124);
        int accepted = 0;
        for (int i = 0; i < CASES; i++) {
            Signal signal = Requests.signal(i);
            byte[] request = Requests.of(signal, new OtlpGenerator(i % SEEDS, 0.6, i % 2 == 0), 1, 2, 2)
                    .toByteArray();
            byte[] mutated = mutate(request, random);
            // Bytes around the range would be read if a kernel left it: they are unlike anything valid.
            byte[] padded = new byte[mutated.length + 32];
            Arrays.fill(padded, (byte) 0xFF);
            System.arraycopy(mutated, 0, padded, 16, mutated.length);
            Bytes bytes = Bytes.of(padded, 16, mutated.length);
            int items = itemsIfAccepted(signal, bytes);
            if (items >= 0) {
                accepted++;
                assertThat(OtlpItems.count(signal, bytes)).as("case %d", i).isEqualTo(items);
                Requests.parse(signal, bytes);
                assertThat(walk(signal, bytes)).as("case %d", i).isEqualTo(items);
            } else {
                walkOrRefuse(signal, bytes);
            }
        }
        // Flips inside strings and numbers leave a request well formed.
        assertThat(accepted).isBetween(CASES / 20, CASES);
    }

    private static int itemsIfAccepted(Signal signal, Bytes bytes) {
        try {
            return OtlpValidator.validate(signal, bytes);
        } catch (MalformedOtlpException e) {
            return -1;
        }
    }

    private void walkOrRefuse(Signal signal, Bytes bytes) {
        try {
            walk(signal, bytes);
        } catch (MalformedOtlpException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    /** Runs every kernel over the request and returns how many items the parts of a split hold. */
    private int walk(Signal signal, Bytes bytes) {
        OtlpText.detailed(signal, bytes);
        OtlpText.normal(signal, bytes);
        OtlpJson.encode(signal, bytes);
        Bytes edited = switch (signal) {
            case TRACES -> spans.edit(bytes);
            case METRICS -> points.edit(bytes);
            case LOGS -> logs.edit(bytes);
        };
        int dropped = switch (signal) {
            case TRACES -> spans.dropped();
            case METRICS -> points.dropped();
            case LOGS -> logs.dropped();
        };
        int items = 0;
        for (Bytes part : OtlpSplit.split(signal, bytes, 2)) {
            items += OtlpItems.count(signal, part);
        }
        int sharded = 0;
        for (Bytes part : OtlpPartition.byHash(signal, bytes, 3)) {
            sharded += OtlpItems.count(signal, part);
        }
        assertThat(sharded).isEqualTo(items);
        assertThat(OtlpItems.count(signal, edited)).isEqualTo(items - dropped);
        return items;
    }

    private static byte[] mutate(byte[] request, Random random) {
        byte[] mutated = request.clone();
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(mutated, random.nextInt(mutated.length));
            case 1 -> splice(mutated, random);
            case 2 -> {
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    flip(mutated, random);
                }
                yield mutated;
            }
            case 3 -> {
                // Near the start lie the lengths of everything else.
                mutated[random.nextInt(Math.min(12, mutated.length))] = (byte) random.nextInt(256);
                yield mutated;
            }
            default -> {
                flip(mutated, random);
                yield mutated;
            }
        };
    }

    private static void flip(byte[] bytes, Random random) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }

    private static byte[] splice(byte[] request, Random random) {
        int from = random.nextInt(request.length);
        int to = from + random.nextInt(request.length - from);
        int at = random.nextInt(request.length);
        byte[] spliced = new byte[request.length + to - from];
        System.arraycopy(request, 0, spliced, 0, at);
        System.arraycopy(request, from, spliced, at, to - from);
        System.arraycopy(request, at, spliced, at + to - from, request.length - at);
        return spliced;
    }
}
