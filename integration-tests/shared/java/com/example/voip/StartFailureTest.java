package com.example.voip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads whose application does not start. */
class StartFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            sipcodes.language=klingon         | The property sipcodes.language is: klingon         | Allowed is: en, de
            sipcodes.failures.capacity=-1     | The property sipcodes.failures.capacity is: -1     | Allowed is: 0 to 10000
            sipcodes.overrides.acme.code=99   | The property sipcodes.overrides.acme.code is: 99   | Allowed is: 100 to 699
            sipcodes.events.publish=everything | Property: sipcodes.events.publish                  | ALL
            """)
    void shouldNamePropertyValueAndWhatIsAllowed(String argument, String found, String allowed) throws Exception {
        Jvm.Result result = Jvm.run(
                Jvm.classPath(),
                List.of(),
                SmallApplication.class.getName(),
                "--spring.main.web-application-type=none",
                "--" + argument);

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output())
                .contains("APPLICATION FAILED TO START", found, allowed)
                .doesNotContain("\tat ");
    }
}
