# SPDX-License-Identifier: BSD-3-Clause
# Configures, builds and runs tests/consumer in the folder WORK, which is emptied first. Usage, one of
#   cmake -DWORK=folder -DINSTALL_FROM=build  -P run.cmake   installs a build of shequ below WORK and finds it there
#   cmake -DWORK=folder -DSHEQU_SOURCE_DIR=. -P run.cmake   builds a checkout as a subdirectory
#   cmake -DWORK=folder -Dshequ_DIR=folder    -P run.cmake   finds shequConfig.cmake in that folder, as in a wheel
file(REMOVE_RECURSE "${WORK}")
if(INSTALL_FROM)
  execute_process(COMMAND "${CMAKE_COMMAND}" --install "${INSTALL_FROM}" --prefix "${WORK}/prefix" OUTPUT_QUIET
                          COMMAND_ERROR_IS_FATAL ANY)
  set(where "-Dshequ_ROOT=${WORK}/prefix")
elseif(SHEQU_SOURCE_DIR)
  set(where "-DSHEQU_SOURCE_DIR=${SHEQU_SOURCE_DIR}")
else()
  set(where "-Dshequ_DIR=${shequ_DIR}")
endif()
execute_process(
  COMMAND "${CMAKE_COMMAND}" -S "${CMAKE_CURRENT_LIST_DIR}" -B "${WORK}/build" -DCMAKE_BUILD_TYPE=Release "${where}"
          COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${WORK}/build" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${CMAKE_CTEST_COMMAND}" --output-on-failure --no-tests=error
                WORKING_DIRECTORY "${WORK}/build" COMMAND_ERROR_IS_FATAL ANY)
