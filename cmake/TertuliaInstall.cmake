# Install and export: find_package(Tertulia) and pkg-config; tests/install proves both from an installed prefix.
install(TARGETS tertulia tertulia_training EXPORT TertuliaTargets
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(DIRECTORY include/tertulia "${PROJECT_BINARY_DIR}/include/tertulia" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h")
install(EXPORT TertuliaTargets NAMESPACE Tertulia:: DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/Tertulia")
configure_package_config_file(cmake/TertuliaConfig.cmake.in "${PROJECT_BINARY_DIR}/TertuliaConfig.cmake"
  INSTALL_DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/Tertulia" PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/TertuliaConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/TertuliaConfig.cmake" "${PROJECT_BINARY_DIR}/TertuliaConfigVersion.cmake"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/Tertulia")
configure_file(cmake/tertulia.pc.in "${PROJECT_BINARY_DIR}/tertulia.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/tertulia.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
