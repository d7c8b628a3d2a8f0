package dev.sluice.cli.house;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the code against architecture.md §2 and §5. */
class LayeringTest {
    /** Architecture §5: the classes that may share state between threads. */
    private static final Set<String> SHARED = Set.of(
            "dev.sluice.engine.graph.Exchange",
            "dev.sluice.engine.queue.SendingQueue",
            "dev.sluice.engine.queue.Spool",
            "dev.sluice.engine.graph.ByteBudget",
            "dev.sluice.engine.graph.TokenBucket");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = House.classes();
    }

    @Test
    void everyModuleIsRead() {
        assertThat(classes.stream().map(House::of)).contains(House.values());
    }

    @Test
    void modulesUseOnlyTheModulesAndLibrariesOfTheirList() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass one : classes) {
            House module = House.of(one);
            for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (!target.isPrimitive() && !module.mayUse(target.getPackageName())) {
                    wrong.add(one.getName() + " -> " + target.getName());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noComponentKnowsAnother() {
        for (House module : House.components()) {
            slices().matching(module.home() + ".(*)..")
                    .should()
                    .notDependOnEachOther()
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(classes);
    }

    @Test
    void noPackageIsSplitOverModules() {
        Map<String, Set<String>> places = new TreeMap<>();
        for (JavaClass one : classes) {
            String path = one.getSource().orElseThrow().getUri().toString();
            String root = path.substring(0, path.length() - one.getName().length() - ".class".length());
            places.computeIfAbsent(one.getPackageName(), name -> new TreeSet<>())
                    .add(root);
        }
        assertThat(places).allSatisfy((name, roots) -> assertThat(roots).hasSize(1));
    }

    @Test
    void onlyTheFewSharedClassesKnowLocksAndAtomics() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass one : classes) {
            if (isShared(one)) {
                continue;
            }
            one.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getName())
                    .filter(LayeringTest::isForSharing)
                    .forEach(target -> wrong.add(one.getName() + " -> " + target));
            one.getMethods().stream()
                    .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
                    .forEach(method -> wrong.add(method.getFullName() + " is synchronized"));
            if (hasMonitor(one)) {
                wrong.add(one.getName() + " has a synchronized block");
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean isShared(JavaClass one) {
        return SHARED.stream()
                .anyMatch(name -> one.getName().equals(name) || one.getName().startsWith(name + "$"));
    }

    private static boolean isForSharing(String target) {
        return target.startsWith("java.util.concurrent.atomic.")
                || target.startsWith("java.util.concurrent.locks.")
                || target.startsWith("java.util.concurrent.Concurrent");
    }

    private static boolean hasMonitor(JavaClass one) {
        try (InputStream bytes = one.getSource().orElseThrow().getUri().toURL().openStream()) {
            return ClassFile.of().parse(bytes.readAllBytes()).methods().stream()
                    .flatMap(method -> method.code().stream())
                    .flatMap(LayeringTest::instructions)
                    .anyMatch(MonitorInstruction.class::isInstance);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<?> instructions(CodeModel code) {
        return List.copyOf(code.elementList()).stream();
    }

    /** The records of {@code api.config} and the factories that name them are one thing in two folders. */
    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass one) {
            return SliceIdentifier.of(
                    one.getPackageName().replaceFirst("^dev\\.sluice\\.api\\.config$", "dev.sluice.api"));
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
