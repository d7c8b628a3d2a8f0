package dev.sluice.slo.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Series;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    private static final Labels LABELS = Labels.of("__name__", "up", "job", "päge");
    private static final List<Long> NUMBERS =
            List.of(0L, -1L, 1L, 63L, -64L, 64L, 1_700_000_000_000L, Long.MIN_VALUE, Long.MAX_VALUE);

    @TempDir
    private Path directory;

    private Path path;
    private StateFile file;

    @BeforeEach
    void name() {
        path = directory.resolve("rules");
        file = new StateFile(path);
    }

    @Test
    void whatIsWrittenInPiecesIsReadAgain() throws IOException {
        write(3);
        List<Object> read = file.read(in -> {
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                all.addAll(List.of(in.labels(), in.text(), in.flag(), in.flag()));
                for (int n = 0; n < NUMBERS.size(); n++) {
                    all.add(in.number());
                }
                all.add(Double.doubleToRawLongBits(in.value()));
            }
            return all;
        });
        List<Object> one = new ArrayList<>(List.of(LABELS, "", true, false));
        one.addAll(NUMBERS);
        one.add(Double.doubleToRawLongBits(Series.STALE));
        List<Object> thrice = new ArrayList<>(one);
        thrice.addAll(one);
        thrice.addAll(one);
        assertThat(read).isEqualTo(thrice);
    }

    @Test
    void thereIsNothingWithoutAFile() throws IOException {
        assertThat(file.read(StateReader::number)).isNull();
    }

    @Test
    void theOldFileStaysUntilTheNewOneIsComplete() throws IOException {
        write(1);
        byte[] old = Files.readAllBytes(path);
        StateFile.Replacement replacement = file.replace();
        replacement.write(new byte[10_000]);
        assertThat(Files.readAllBytes(path)).isEqualTo(old);
        replacement.complete();
        assertThat(Files.size(path)).isGreaterThan(10_000);
        assertThat(directory.toFile().list()).containsExactly("rules");
    }

    @Test
    void whatIsGivenUpLeavesNothing() throws IOException {
        write(1);
        byte[] old = Files.readAllBytes(path);
        StateFile.Replacement replacement = file.replace();
        replacement.write(new byte[10]);
        replacement.abandon();
        assertThat(directory.toFile().list()).containsExactly("rules");
        assertThat(Files.readAllBytes(path)).isEqualTo(old);
    }

    @Test
    void aFileCutOffAnywhereIsFoundOut() throws IOException {
        write(2);
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> file.read(StateReader::number))
                    .as("%d bytes of %d", length, whole.length)
                    .isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void aBitThatIsAnotherIsFoundOutWhereverItIs() throws IOException {
        write(2);
        byte[] whole = Files.readAllBytes(path);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(path, damaged);
            assertThatThrownBy(() -> file.read(StateReader::number))
                    .as("bit %d", bit)
                    .isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        Files.writeString(path, "receivers: {}\nexporters: {}\n");
        assertThatThrownBy(() -> file.read(StateReader::number)).hasMessage("is not a file of this kind");
        Files.write(path, new byte[3]);
        assertThatThrownBy(() -> file.read(StateReader::number)).hasMessage("is cut off after 3 bytes");
        write(1);
        byte[] newer = Files.readAllBytes(path);
        newer["SLUICEST".length()] = 9;
        Files.write(path, newer);
        assertThatThrownBy(() -> file.read(StateReader::number)).hasMessage("has version 9, and only 2 is known");
        write(1);
        assertThatThrownBy(() -> file.read(in -> {
                    while (true) {
                        in.number();
                    }
                }))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("does not make sense");
    }

    @Test
    void whatIsSetAsideCanBeLookedAtAndMakesRoom() throws IOException {
        Files.writeString(path, "one");
        assertThat(file.setAside()).hasContent("one");
        Files.writeString(path, "two");
        Path kept = file.setAside();
        assertThat(kept).hasContent("two").hasFileName("rules.damaged");
        assertThat(path).doesNotExist();
    }

    /** Content with a good checksum that means nothing, as a fault of ours could write it: an exception, in little time and memory. */
    @Test
    void contentThatMeansNothingIsAnExceptionOfItsKind() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] content = new byte[random.nextInt(40)];
            random.nextBytes(content);
            StateFile.Replacement replacement = file.replace();
            replacement.write(content);
            replacement.complete();
            assertThatThrownBy(() -> file.read(in -> {
                        while (true) {
                            in.labels();
                            in.text();
                        }
                    }))
                    .isInstanceOf(DamagedException.class);
        }
    }

    private void write(int times) throws IOException {
        StateWriter out = new StateWriter();
        StateFile.Replacement replacement = file.replace();
        for (int i = 0; i < times; i++) {
            out.labels(LABELS);
            out.text("");
            out.flag(true);
            out.flag(false);
            NUMBERS.forEach(out::number);
            out.value(Series.STALE);
            replacement.write(out.take());
        }
        replacement.complete();
    }

    @Test
    void textsThatComeAgainAreShort() {
        StateWriter out = new StateWriter();
        String text = "a".repeat(200_000);
        out.text(text);
        assertThat(out.take()).hasSizeGreaterThan(text.getBytes(StandardCharsets.UTF_8).length);
        out.text(text);
        assertThat(out.take()).hasSize(1);
        assertThat(out.size()).isZero();
    }
}
