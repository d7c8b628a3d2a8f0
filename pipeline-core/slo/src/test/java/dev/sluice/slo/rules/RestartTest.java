package dev.sluice.slo.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ComponentId;
import dev.sluice.slo.alert.AlertNotice;
import dev.sluice.slo.alert.AlertPhase;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of alerts when the process ends and comes again. Times are seconds since the first process began. */
class RestartTest {
    private static final RuleConfig LONG = Stage.alert("QueueLong", "queue_length > 5", "20m");
    private static final RuleConfig SOON = Stage.alert("QueueLong", "queue_length > 5", "20s");
    private static final Duration NO_TIME = Duration.ofSeconds(3);

    @TempDir
    private Path directory;

    private TestContext context;

    /** How long before the stage of now the first one began. */
    private long offset;

    @BeforeEach
    void storage() {
        context = new TestContext("slo").extension("file_storage", new Folder(directory));
    }

    @Test
    void whatFiresGoesOnFiringAndIsResolvedOnce() {
        Stage stage = new Stage(config(SOON), context);
        feed(stage, 9, 0, 60);
        assertThat(stage.phases().values()).containsExactly(AlertPhase.FIRING);

        stage = crash(stage, NO_TIME, SOON);
        feed(stage, 9, 70, 120);
        assertThat(changes(stage)).as("nothing changes while it goes on").isEmpty();
        feed(stage, 1, 130, 140);
        assertThat(changes(stage)).containsExactly(AlertPhase.RESOLVED);
        assertThat(stage.notices.getLast().times().activeAt()).isEqualTo(Stage.BEGIN);

        stage = crash(stage, NO_TIME, SOON);
        feed(stage, 1, 180, 200);
        assertThat(changes(stage)).as("it was resolved before").isEmpty();
    }

    @Test
    void whatIsPendingFiresAsLateAsTheProcessWasAway() {
        Stage stage = new Stage(config(LONG), context);
        feed(stage, 9, 0, 300);
        stage = crash(stage, Duration.ofSeconds(40), LONG);
        long up = offset;
        feed(stage, 9, up, 1500);
        long down = up - 40;
        // What was saved last is of the tenth second before at most.
        assertThat(stage.changes(AlertPhase.FIRING))
                .singleElement()
                .satisfies(at -> assertThat(at).isBetween(1200.0 + 40, 1200.0 + 40 + 12));
        assertThat(stage.changes(AlertPhase.PENDING)).isEmpty();
        assertThat(down).isGreaterThanOrEqualTo(300);
    }

    @Test
    void whatWouldFireWithinPrometheusGracePeriodBeginsAnew() {
        RuleConfig rule = Stage.alert("QueueLong", "queue_length > 5", "2m");
        Stage stage = new Stage(config(rule), context);
        feed(stage, 9, 0, 100);
        stage = crash(stage, NO_TIME, rule);
        long up = offset;
        feed(stage, 9, up, up + 150);
        assertThat(stage.changes(AlertPhase.PENDING)).hasSize(1);
        assertThat(stage.changes(AlertPhase.FIRING))
                .singleElement()
                .satisfies(at -> assertThat(at).isBetween(up + 119.0, up + 131.0));
    }

    @Test
    void whatWasStoppedHasItsSamplesAgainSoThatRatesGoOn() {
        Stage stage = new Stage(config(Stage.VERBATIM), context);
        // Firing from 735 on, as the table of timings has it; 5m of samples are needed to see it.
        RuleSetTest.slow(stage, 0, 800);
        assertThat(stage.phases().values()).containsExactly(AlertPhase.FIRING);
        stage.rules.stop().await();
        assertThat(stage.context.manualClock().pending()).isZero();
        Stage after = new Stage(config(Stage.VERBATIM), stage.context.afterCrash(Duration.ZERO));
        after.until(15);
        assertThat(changes(after))
                .as("no sample has come since, and none is needed")
                .isEmpty();
        assertThat(after.rules.rules()).isNotNull();
        assertThat(after.notices).allMatch(notice -> notice.phase() == AlertPhase.FIRING && notice.repeat());
    }

    @Test
    void seriesOfAGroupThatIsNoMoreEnd() {
        Stage stage = new Stage(config(SOON), context);
        feed(stage, 9, 0, 60);
        stage.rules.stop().await();
        GroupConfig other = new GroupConfig("other", null, null, 0, Map.of(), List.of(LONG));
        SloConfig changed = Configs.with(config(LONG), "groups", List.of(other));
        Stage after = new Stage(changed, stage.context.afterCrash(NO_TIME));
        after.until(30);
        assertThat(after.samples).anyMatch(sample -> sample.startsWith("ALERTS{") && sample.contains(" ended @"));
    }

    @Test
    void aDamagedFileIsSetAsideAndRulesBeginAnew() throws IOException {
        Stage stage = new Stage(config(SOON), context);
        feed(stage, 9, 0, 60);
        stage.rules.stop().await();
        Path file = directory.resolve("rules");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Stage after = crash(stage, NO_TIME, SOON);
        feed(after, 9, 70, 80);
        assertThat(after.changes(AlertPhase.PENDING)).hasSize(1);
        assertThat(directory.resolve("rules.damaged")).hasBinaryContent(bytes);
    }

    @Test
    void whatCannotBeSavedIsTriedAgain() throws IOException {
        Stage stage = new Stage(config(SOON), context);
        Path blocked = Files.createDirectory(directory.resolve("rules.new"));
        feed(stage, 9, 0, 30);
        assertThat(directory.resolve("rules")).doesNotExist();
        Files.delete(blocked);
        feed(stage, 9, 40, 60);
        assertThat(directory.resolve("rules")).exists();
    }

    @Test
    void aStorageThatIsNotThereStopsTheStart() {
        assertThatThrownBy(() -> new Stage(config(SOON), new TestContext("slo")))
                .hasMessageContaining("no extension file_storage");
    }

    private static SloConfig config(RuleConfig rule) {
        return Configs.with(Stage.config(rule), "storage", ComponentId.parse("file_storage"));
    }

    private Stage crash(Stage stage, Duration down, RuleConfig rule) {
        offset += stage.context.manualClock().nanoTime() / 1_000_000_000L + down.toSeconds();
        return new Stage(config(rule), stage.context.afterCrash(down));
    }

    /** A sample all ten seconds, from one time on until another, and a second more. */
    private void feed(Stage stage, double value, long from, long to) {
        for (long time = from; time <= to; time += 10) {
            stage.until(time - offset);
            stage.rules
                    .observe(Gauges.of("queue.length", value, Stage.BEGIN + time * 1000))
                    .await();
        }
        stage.until(to - offset + 1);
    }

    private static List<AlertPhase> changes(Stage stage) {
        return stage.notices.stream()
                .filter(notice -> !notice.repeat())
                .map(AlertNotice::phase)
                .toList();
    }
}
