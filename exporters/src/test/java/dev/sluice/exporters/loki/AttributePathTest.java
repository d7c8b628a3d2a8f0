package dev.sluice.exporters.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.exporters.loki.AttributePath.Owner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributePathTest {
    @ParameterizedTest
    @CsvSource({
        "resource.attributes[\"service.name\"], RESOURCE",
        "scope.attributes[\"a b\"], SCOPE",
        "attributes[\"k\"], ITEM"
    })
    void pathsSayWhoseAttributeAndWhich(String text, Owner owner) {
        AttributePath path = AttributePath.parse(text);

        assertThat(path.owner()).isEqualTo(owner);
        assertThat(path).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "body, '`resource.`, `scope.` or `attributes[\"` at character 1'",
        "resource.name, '`attributes[\"` at character 10'",
        "attributes[\"\"], 'a key at character 13'",
        "attributes[\"k\", '`\"]` at character 14'",
        "attributes[\"k, '`\"]` at character 14'",
        "attributes[\"k\"].x, 'the end at character 16'"
    })
    void errorsSayWhereAndWhatIsExpected(String text, String problem) {
        assertThatThrownBy(() -> AttributePath.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("invalid path `" + text + "`: expected " + problem);
    }
}
