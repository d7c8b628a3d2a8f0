package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.MapNode;
import dev.sluice.yaml.Mark;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePathsTest {
    /** A path as it is read from that source. */
    private static ConfigNode text(String path, String source) {
        boolean set = source.equals("--set");
        ConfigProvider provider = _ -> "key: " + path;
        ConfigSources sources = new ConfigSources(
                set ? List.of() : List.of(source),
                set ? List.of("key=" + path) : List.of(),
                Map.of("file", provider, "http", provider, "env", provider));
        MapNode read = new SourceReader(sources, new ConfigProblems(MapNode.empty()), false).read();
        return read.entries().get("key").value();
    }

    @ParameterizedTest
    @CsvSource({
        "conf/sluice.yaml, rules/*.yml, conf/rules/*.yml",
        "/etc/sluice.yaml, rules.yml, /etc/rules.yml",
        "conf/sluice.yaml, ../rules.yml, rules.yml",
        "conf/sluice.yaml, /etc/rules.yml, /etc/rules.yml",
        "sluice.yaml, rules.yml, rules.yml",
        "file:conf:prod/sluice.yaml, rules.yml, conf:prod/rules.yml",
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
