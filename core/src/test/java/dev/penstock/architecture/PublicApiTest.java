package dev.penstock.architecture;

import static dev.penstock.architecture.ProductionClasses.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users compile against names nothing that may change without notice. */
class PublicApiTest {
    private static final Set<JavaModifier> SEEN_FROM_OUTSIDE = Set.of(JavaModifier.PUBLIC, JavaModifier.PROTECTED);

    @Test
    void signaturesNameNoInternalType() {
        List<String> leaks = publicTypes()
                .flatMap(type -> type.getMembers().stream())
                .filter(PublicApiTest::isVisible)
                .filter(member -> named(member).anyMatch(PublicApiTest::isInternal))
                .map(JavaMember::getFullName)
                .toList();

        assertThat(leaks).isEmpty();
    }

    @Test
    void superTypesAreNotInternal() {
        assertThat(publicTypes().flatMap(type -> type.getAllRawInterfaces().stream()))
                .noneMatch(PublicApiTest::isInternal);
        assertThat(publicTypes().flatMap(type -> type.getAllRawSuperclasses().stream()))
                .noneMatch(PublicApiTest::isInternal);
    }

    @Test
    void signaturesNameNoTypeOfTheDriver() {
        assertThat(publicTypes()
                        .flatMap(type -> type.getMembers().stream())
                        .filter(PublicApiTest::isVisible)
                        .flatMap(PublicApiTest::named)
                        .map(JavaClass::getPackageName)
                        .collect(Collectors.toSet()))
                .noneMatch(name -> name.startsWith("org.postgresql"));
    }

    @Test
    void theRulesSeeTheApi() {
        assertThat(publicTypes().map(JavaClass::getSimpleName))
                .contains(
                        "PenstockConnector",
                        "ConnectSettings",
                        "ConnectFailure",
                        "PenstockListener",
                        "PenstockLeaks",
                        "Assessment",
                        "BudgetProbe");
    }

    private static Stream<JavaClass> publicTypes() {
        return ALL.stream().filter(type -> !isInternal(type) && isVisible(type.getModifiers()));
    }

    private static boolean isVisible(JavaMember member) {
        return isVisible(member.getModifiers()) && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.stream().anyMatch(SEEN_FROM_OUTSIDE::contains);
    }

    private static boolean isInternal(JavaClass type) {
        return type.getBaseComponentType().getPackageName().startsWith("dev.penstock.internal");
    }

    private static Stream<JavaClass> named(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getType().getAllInvolvedRawTypes().stream();
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.of(
                        unit.getReturnType().getAllInvolvedRawTypes().stream(),
                        unit.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream()),
                        unit.getThrowsClause().getTypes().stream())
                .flatMap(types -> types);
    }
}
