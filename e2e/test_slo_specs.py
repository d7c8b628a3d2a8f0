"""The rules that `slo generate` makes of Sloth's files of objectives are those that Sloth itself makes."""

import functools

import pytest
import yaml

from harness.programs import PEERS, ROOT, SLUICE, run

SLOTH = [str(PEERS / "bin" / "sloth"), "generate", "--no-log"]
PROMTOOL = [str(PEERS / "bin" / "promtool"), "--experimental", "promql", "format"]
SPECS = ROOT / "e2e" / "slospecs"

# Who made a rule is another: nothing else of what Sloth says of an objective is.
MAKER = {"sloth_version", "sloth_mode"}
# Of windows that are not the SRE workbook's Sluice tells its dashboards.
OWN = {"sluice_burn_rates"}


@functools.cache
def formatted(expr):
    """An expression as Prometheus itself writes it."""
    code, text = run([*PROMTOOL, expr])
    assert code == 0, text
    return text


def groups(text):
    """Groups of rules by name."""
    found = {}
    for document in yaml.safe_load_all(text):
        # Sloth writes rules of a resource of Kubernetes into another.
        for group in document.get("spec", document)["groups"]:
            assert group.keys() == {"name", "rules"}
            assert group["name"] not in found, "a group is there twice"
            found[group["name"]] = group["rules"]
    return found


def normal(rule):
    labels = rule.get("labels", {})
    if rule.get("record") == "sloth_slo_info":
        assert MAKER <= labels.keys()
        labels = {name: value for name, value in labels.items() if name not in MAKER | OWN}
    return {**rule, "labels": labels, "expr": formatted(rule["expr"])}


def options(spec):
    """With which options a file is read its first line may say; the folder of windows lies beside it."""
    first = spec.read_text().splitlines()[0]
    words = first.removeprefix("# with ").split() if first.startswith("# with ") else []
    return [str(SPECS / word) if word == "windows" else word for word in words]


@pytest.mark.parametrize("spec", sorted(SPECS.glob("*.yml")), ids=lambda path: path.stem)
def test_rules_are_sloths(spec, tmp_path):
    code, said = run([*SLOTH, "--input", str(spec), "--out", str(tmp_path / "sloth.yml"), *options(spec)])
    assert code == 0, said
    code, told = run([*SLUICE, "slo", "generate", str(spec), *options(spec)])
    assert code == 0, told
    wanted, made = groups((tmp_path / "sloth.yml").read_text()), groups(told)
    assert made.keys() == wanted.keys()
    for name, theirs in wanted.items():
        assert list(map(normal, made[name])) == list(map(normal, theirs)), name


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("sli-plugin", "sli-plugin.yml:7:7: SLI plugins are programs of Sloth that cannot be run here"),
        ("slo-plugins", "slo-plugins.yml:4:1: SLO plugins are programs of Sloth that cannot be run here"),
    ],
)
def test_plugins_are_refused(spec, message):
    code, told = run([*SLUICE, "slo", "generate", str(SPECS / "refused" / f"{spec}.yml")])
    assert code == 1
    assert message in told


@pytest.mark.parametrize(
    ("spec", "difference"),
    [
        # Sloth makes an alert that needs more errors than there can be; Sluice says so.
        ("never", "never.yml:5:14: the alert over 5m and 1h could never fire: it needs an error ratio above 14.4 x 0.1"),
        # Sloth passes over keys that it does not know.
        ("typo", 'typo.yml:7:3: field alertin not found in type SLO; did you mean "alerting"?'),
    ],
)
def test_where_sluice_is_stricter(spec, difference):
    code, told = run([*SLUICE, "slo", "generate", str(SPECS / "stricter" / f"{spec}.yml")])
    assert code == 1
    assert difference in told
