package io.sipcodes.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sipcodes.SipCode;
import io.sipcodes.jainsip.SipTraffic;
import io.sipcodes.micrometer.SipMetrics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.EventListener;

/** The rules of the house: who may use whom, and one package per jar. */
class ArchitectureTest {

    private static final String CORE = "io.sipcodes";
    private static final String JAINSIP = "io.sipcodes.jainsip";
    private static final String MICROMETER = "io.sipcodes.micrometer";
    private static final String SPRING = "io.sipcodes.spring";

    private static final JavaClasses KIT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(CORE);

    @Test
    void shouldUseNothingButTheJdkInCore() {
        classes()
                .that()
                .resideInAPackage(CORE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(CORE, "java..")
                .check(KIT);
    }

    @Test
    void shouldKeepJainSipApartFromMicrometerAndSpring() {
        noClasses()
                .that()
                .resideInAPackage(JAINSIP)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(MICROMETER, SPRING, "io.micrometer..", "org.springframework..")
                .check(KIT);
    }

    @Test
    void shouldKeepMicrometerApartFromJainSipAndSpring() {
        noClasses()
                .that()
                .resideInAPackage(MICROMETER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        JAINSIP, SPRING, "javax.sip..", "gov.nist..", "org.springframework..", "org.slf4j..")
                .check(KIT);
    }

    @Test
    void shouldNeverNeedLog4j() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.log4j..")
                .check(KIT);
    }

    /** {@link StackAttachment} keeps Spring from looking for them. */
    @Test
    void shouldNotListenByAnAnnotation() {
        noMethods().should().beMetaAnnotatedWith(EventListener.class).check(KIT);
    }

    @Test
    void shouldHaveOnePackagePerJar() {
        Map<String, Set<String>> packagesByJar = new TreeMap<>();
        for (JavaClass type : KIT) {
            packagesByJar.computeIfAbsent(jar(type), jar -> new TreeSet<>()).add(type.getPackageName());
        }

        assertThat(packagesByJar.values())
                .allSatisfy(packages -> assertThat(packages).hasSize(1));
        assertThat(packagesByJar.values().stream().flatMap(Set::stream).toList())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrder(CORE, JAINSIP, MICROMETER, SPRING);
    }

    /** Two modules may not share a package: in a module path that would not start. */
    @Test
    void shouldHaveOneJarPerPackage() {
        Map<String, Set<String>> jarsByPackage = KIT.stream()
                .collect(Collectors.groupingBy(
                        JavaClass::getPackageName,
                        TreeMap::new,
                        Collectors.mapping(ArchitectureTest::jar, Collectors.toCollection(TreeSet::new))));

        assertThat(jarsByPackage.values()).allSatisfy(jars -> assertThat(jars).hasSize(1));
        assertThat(jarsByPackage.get(CORE)).isNotEqualTo(jarsByPackage.get(JAINSIP));
    }

    private static String jar(JavaClass type) {
        String path = type.getSource().orElseThrow().getUri().toString();
        return path.substring(0, path.indexOf("/" + type.getPackageName().replace('.', '/') + "/"));
    }

    @Test
    void shouldLookAtTheWholeKit() {
        assertThat(KIT.contain(SipCode.class)).isTrue();
        assertThat(KIT.contain(SipTraffic.class)).isTrue();
        assertThat(KIT.contain(SipMetrics.class)).isTrue();
        assertThat(KIT.contain(SipCodesAutoConfiguration.class)).isTrue();
    }
}
