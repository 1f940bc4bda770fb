# SPDX-License-Identifier: BSD-3-Clause
# Runs PROGRAM on the file INPUT and fails where it prints anything but the text of the file EXPECTED.
execute_process(COMMAND "${PROGRAM}" "${INPUT}" OUTPUT_VARIABLE actual COMMAND_ERROR_IS_FATAL ANY)
file(READ "${EXPECTED}" expected)
if(NOT actual STREQUAL expected)
  message(FATAL_ERROR "${PROGRAM} printed\n${actual}\nand not, as ${EXPECTED} says,\n${expected}")
endif()
