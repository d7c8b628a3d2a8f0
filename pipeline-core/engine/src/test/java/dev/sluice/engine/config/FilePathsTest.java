package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Mark;
import dev.sluice.yaml.ScalarType;
import dev.sluice.yaml.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePathsTest {
    private static ConfigNode text(String path, String source) {
        return new ConfigNode.Scalar(path, ScalarType.STRING, Mark.at(SourceText.of(source, ""), 1, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "conf/sluice.yaml, rules/*.yml, conf/rules/*.yml",
        "/etc/sluice.yaml, rules.yml, /etc/rules.yml",
        "conf/sluice.yaml, ../rules.yml, rules.yml",
        "conf/sluice.yaml, /etc/rules.yml, /etc/rules.yml",
        "sluice.yaml, rules.yml, rules.yml",
        "--set, rules.yml, rules.yml",
        "http://config.example/sluice.yaml, rules.yml, rules.yml",
        "env:SLUICE_CONFIG, rules.yml, rules.yml"
    })
    void aRelativePathStartsFromTheFolderOfItsFile(String source, String path, String resolved) {
        ConfigNode list = new ConfigNode.ListNode(List.of(text(path, source)), Mark.NONE);
        assertThat(FilePaths.resolved(List.of(path), list)).containsExactly(resolved);
    }

    @Test
    void eachPathStartsFromItsOwnFile() {
        ConfigNode list = new ConfigNode.ListNode(
                List.of(text("a.yml", "base/sluice.yaml"), text("b.yml", "more/sluice.yaml")), Mark.NONE);
        assertThat(FilePaths.resolved(List.of("a.yml", "b.yml"), list)).containsExactly("base/a.yml", "more/b.yml");
    }
}
